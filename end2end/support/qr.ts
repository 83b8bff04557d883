// Reads a QR code from a picture, as a phone's camera does.
import { PNG } from "pngjs";
import * as jsqr from "jsqr";

type Read = typeof jsqr.default;

// The package is CommonJS: its function is the default of the default.
const read = ((jsqr.default as unknown as { default?: Read }).default ?? jsqr.default) as Read;

export function readQrCode(picture: Buffer): string {
  const { data, width, height } = PNG.sync.read(picture);
  const code = read(new Uint8ClampedArray(data), width, height);
  if (!code) throw new Error("there is no QR code in the picture");
  return code.data;
}
