// Style sheets are modules to the compiler too; next-env.d.ts says the same, but only after a first build.
/// <reference types="next/types/global" />
