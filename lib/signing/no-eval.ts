import { z } from "zod";

/** zod tries out whether it may compile code, and the policy of our pages reports the attempt. Imported before a schema is made that a page reads with. */
z.config({ jitless: true });
