/** What stands in place of the Matrix ID of somebody who was erased: no Matrix ID begins so. */
export const erasedPrefix = "erased:";
