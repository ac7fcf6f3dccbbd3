import { serve } from "./serve.ts";
import { tasks } from "./tasks.ts";

await serve(tasks);
