import { count, done, type Step, waits } from "../step.ts";

/** Deletes their files, a hundred at a time, until the homeserver lists none or the number does not fall any more (S12). */
export const media: Step = {
  name: "media",
  async act(run) {
    const { eraser } = run.ctx;
    let stays = await eraser.mediaCount(run.mxid);
    const before = typeof run.facts.before === "number" ? run.facts.before : stays;
    let deleted = count(run.facts.deleted);
    while (stays > 0) {
      if (run.tired()) return waits(run, 0, { before, deleted });
      const gone = await eraser.deleteMedia(run.mxid);
      deleted += gone.length;
      await run.note({ before, deleted });
      const now = await eraser.mediaCount(run.mxid);
      if (now >= stays) {
        stays = now;
        break;
      }
      stays = now;
    }
    return done({ before, deleted: Math.max(deleted, before - stays), stays });
  },
};
