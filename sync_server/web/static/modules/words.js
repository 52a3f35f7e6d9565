// Times and languages as people read them.

const languages = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });

/** Write milliseconds as m:ss, or h:mm:ss from one hour. */
export function clock(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = String(seconds % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** Name a language by its code; what is no code stays as it is. */
export function languageName(code) {
  try {
    return languages.of(code);
  } catch {
    return code;
  }
}

/** Say in a few words what a transcript is: length, language, whether it is done. */
export function aboutOf(body) {
  const parts = [];
  if (Number.isFinite(body.info.duration)) {
    parts.push(clock(body.info.duration));
  }
  if (typeof body.info.language === "string" && body.info.language) {
    parts.push(languageName(body.info.language));
  }
  if (body.status === "paused") {
    parts.push("not finished");
  }
  return parts;
}
