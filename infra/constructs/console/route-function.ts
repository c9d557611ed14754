/**
 * What CloudFront does with the path of each request (JavaScript of its own runtime 2.0). A path of the console's own
 * has no dot, and its page decides what it shows. What lies below `/assets` or has an extension is a file, which is
 * there or is answered 404: an older page that asks for a part of itself must not be given a page.
 */
export const ROUTE_FUNCTION = `function handler(event) {
  var request = event.request;
  var file = request.uri.substring(request.uri.lastIndexOf("/") + 1);
  if (request.uri.indexOf("/assets/") !== 0 && file.indexOf(".") === -1) {
    request.uri = "/index.html";
  }
  return request;
}
`;
