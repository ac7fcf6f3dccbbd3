import { writeFileSync } from "node:fs";
import { measuredFile } from "./measured-file.ts";

/** The gate itself, which at the end leaves its own peak and processor time behind. */
process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(measuredFile(process.ppid), JSON.stringify({ maxRssMb: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 }));
});
await import("#lib/leak-gate/main.ts");
