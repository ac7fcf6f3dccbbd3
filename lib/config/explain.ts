/** One thing wrong with one variable; `problem` continues the sentence that its name begins. */
export interface Problem {
  readonly variable: string;
  readonly problem: string;
}

/** The configuration cannot be used. Says everything that is wrong at once, never a value. */
export class ConfigError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(explain(problems));
    this.name = "ConfigError";
    this.problems = problems;
  }
}

export function explain(problems: readonly Problem[]): string {
  const lines = problems.map(({ variable, problem }) => `  ${variable} ${problem}`);
  const count = problems.length === 1 ? "One setting needs" : `${problems.length} settings need`;
  return [`${count} attention (.env.example explains each):`, ...lines].join("\n");
}
