import type { Cost } from "./measure.ts";

export const seconds = (value: number): string => `${value.toFixed(1)} s`;

export function costLine(cost: Cost): string {
  return `${seconds(cost.wallSeconds).padStart(8)} wall ${seconds(cost.cpuSeconds).padStart(8)} CPU ${cost.peakRssMb.toFixed(0).padStart(6)} MB peak`;
}
