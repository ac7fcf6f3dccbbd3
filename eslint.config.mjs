import next from "@next/eslint-plugin-next";
import hooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig([
  globalIgnores(["node_modules/", ".next/", ".next-*/", ".cache/", ".data/", "lib/db/generated/", "lib/viewer/generated/", "tests/.output/", "next-env.d.ts"]),
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strict],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A promise nobody waits for is a failure nobody sees.
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  {
    // The clock is injected: only the outer ring may ask the machine for the time.
    files: ["lib/**/*.ts"],
    ignores: ["lib/runtime/**", "lib/log.ts", "lib/worker/**", "lib/db/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Take the time from ctx.now()." },
        { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: "Take the time from ctx.now()." },
      ],
    },
  },
  {
    files: ["app/**/*.ts", "app/**/*.tsx"],
    plugins: { "@next/next": next, "react-hooks": hooks },
    rules: { ...next.configs["core-web-vitals"].rules, ...hooks.configs.recommended.rules, "@next/next/no-html-link-for-pages": "off" },
  },
  {
    // These speak to a terminal.
    files: ["tests/**/*.ts", "lib/worker/**/*.ts", "lib/db/migrate-command.ts", "lib/runtime/start.ts"],
    rules: { "no-console": "off" },
  },
]);
