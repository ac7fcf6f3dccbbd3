"use client";
/** Inside the frame, so that a broken page keeps its header and footer. */
export { default } from "../error.tsx";
