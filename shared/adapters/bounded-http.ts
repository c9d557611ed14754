import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import axios, { type AxiosInstance } from "axios";

/**
 * How others are asked over HTTP: over connections that are kept open between calls, past no proxy and to nowhere
 * else, whatever an answer points to. Answers are texts of any status. One that is longer than the bound, when it is
 * unpacked, is none: it is not read to its end.
 */
export function createBoundedHttp({
  baseUrl,
  answerMaxBytes,
}: {
  readonly baseUrl: string;
  readonly answerMaxBytes: number;
}): AxiosInstance {
  return axios.create({
    baseURL: baseUrl,
    maxRedirects: 0,
    maxBodyLength: Infinity,
    maxContentLength: answerMaxBytes,
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
    proxy: false,
    responseType: "text",
    transformResponse: [],
    validateStatus: () => true,
  });
}
