import { describe, expect, it } from "vitest";
import { mediaPath } from "#lib/export/media-path.ts";

describe("media path", () => {
  it.each([
    [1, "image/jpeg", "data/media/000001.jpg"],
    [2, "IMAGE/PNG; charset=x", "data/media/000002.png"],
    [70_000, "video/mp4", "data/media/070000.mp4"],
    [1_234_567, "text/plain", "data/media/1234567.txt"],
  ])("%i of %s is %s", (number, type, path) => {
    expect(mediaPath(number, type)).toBe(path);
  });

  it.each(["image/svg+xml", "text/html", "application/x-msdownload", "__proto__", "constructor", "../../x", "", null])("%s is kept from running", (type) => {
    expect(mediaPath(3, type)).toBe("data/media/000003.bin");
  });
});
