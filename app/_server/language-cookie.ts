/** Holds the chosen language and nothing else; set only when somebody chooses (ePrivacy Art. 5(3): asked for by the user). */
export const languageCookie = "portal-language";
