/**
 * Extensions a double click opens in a viewer, never in something that runs: what people upload may
 * be a page or a program (SVG and HTML among them), and those become `.bin`.
 */
const extensions: Readonly<Record<string, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "image/webp": "webp",
  "image/avif": "avif",
  "image/heic": "heic",
  "image/bmp": "bmp",
  "image/tiff": "tif",
  "video/mp4": "mp4",
  "video/webm": "webm",
  "video/quicktime": "mov",
  "video/x-matroska": "mkv",
  "audio/mpeg": "mp3",
  "audio/ogg": "ogg",
  "audio/mp4": "m4a",
  "audio/aac": "aac",
  "audio/wav": "wav",
  "audio/x-wav": "wav",
  "audio/webm": "webm",
  "audio/flac": "flac",
  "application/pdf": "pdf",
  "application/zip": "zip",
  "text/plain": "txt",
};

/** `data/media/000001.jpg`: counted, since the name a person gave may be anything, a path among it. */
export function mediaPath(number: number, contentType: string | null): string {
  const essence = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const extension = Object.hasOwn(extensions, essence) ? extensions[essence] : "bin";
  return `data/media/${String(number).padStart(6, "0")}.${extension}`;
}
