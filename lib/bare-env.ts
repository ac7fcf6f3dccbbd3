/** What a process of ours that works for the worker gets: neither secrets nor settings. With the cache of compiled code it does not load the compiler. */
export function bareEnv(): NodeJS.ProcessEnv {
  const { NODE_COMPILE_CACHE } = process.env;
  return { NODE_ENV: "production", ...(NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }) };
}
