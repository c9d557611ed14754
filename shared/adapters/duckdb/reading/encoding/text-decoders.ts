/** Turns bytes into text; with `stream`, a character may go on in the next bytes. */
export interface BytesDecoder {
  decode(bytes: Buffer, options?: { readonly stream: boolean }): string;
}

/** Encodings of DOS, which no platform's own decoder knows: the characters of the bytes from 0x80 on. */
const ofDos: ReadonlyMap<string, string> = new Map([
  [
    "cp850",
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐" +
      "└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0",
  ],
  [
    "cp852",
    "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐" +
      "└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0",
  ],
]);

/** @param label one of `TextDecoder`'s, `cp850` or `cp852` */
export function decoderOf(label: string): BytesDecoder {
  const characters = ofDos.get(label);
  return characters === undefined
    ? new TextDecoder(label)
    : {
        decode: (bytes) =>
          Array.from(bytes, (byte) =>
            byte < 0x80 ? String.fromCharCode(byte) : (characters[byte - 0x80] ?? "\ufffd"),
          ).join(""),
      };
}
