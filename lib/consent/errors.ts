/** Every reason this room refuses with: keys under errors.* of the catalogue. */
export const consentErrors = ["policy", "text_changed", "consent_link"] as const;
