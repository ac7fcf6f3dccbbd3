import { z } from "zod";

const range = z.strictObject({ storageKey: z.string(), wrappedKey: z.string(), bytes: z.int().nonnegative() });

const place = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("disk"), folder: z.string() }),
  z.strictObject({
    type: z.literal("s3"), endpoint: z.string(), bucket: z.string(), region: z.string(), accessKeyId: z.string(), secretAccessKey: z.string(),
  }),
]);

/**
 * What the gate is told, on its standard input (arguments can be read by everybody on the machine): where the package
 * lies, the key that opens this one and no other, whose it must be, and which kinds an operator granted, by the request's row.
 */
export const gateInput = z.strictObject({
  subject: z.string().min(1),
  granted: z.array(z.string()),
  source: z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("sealed"), place, key: z.base64(), sealed: range }),
    /** A plain file, open for reading under this descriptor. */
    z.strictObject({ type: z.literal("file"), fd: z.int().nonnegative(), bytes: z.int().nonnegative() }),
  ]),
});
export type GateInput = z.infer<typeof gateInput>;
