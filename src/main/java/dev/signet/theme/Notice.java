package dev.signet.theme;

import java.util.List;
import java.util.Locale;

/**
 * Good or neutral news above a form, with {@code role="status"} and id {@code form-status}.
 *
 * @param key message key
 * @param args arguments, as for {@link Alert}
 * @param tone how it looks; the words carry the meaning
 */
public record Notice(String key, List<Object> args, Tone tone) {

    /** How a notice looks. */
    public enum Tone {
        INFO,
        SUCCESS,
        WARN;

        /** Gives the name in lower case, as style sheets know it. */
        public String css() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Notice {
        args = List.copyOf(args);
    }

    public static Notice info(String key, Object... args) {
        return new Notice(key, List.of(args), Tone.INFO);
    }

    public static Notice success(String key, Object... args) {
        return new Notice(key, List.of(args), Tone.SUCCESS);
    }

    public static Notice signedOut() {
        return success("login.notice.signedOut");
    }

    public static Notice sessionEnded() {
        return info("login.notice.sessionEnded");
    }

    public static Notice passwordChanged() {
        return success("login.notice.passwordChanged");
    }

    public static Notice startAgain() {
        return info("login.notice.startAgain");
    }
}
