package dev.signet.commands;

import dev.signet.keys.KeyRotation;
import dev.signet.keys.KeyState;
import dev.signet.keys.KeyView;
import java.util.List;

/** Ends a signing key at once, with all tokens it signed. */
final class KeysKillCommand implements Command {

    static final String NAME = "keys kill";

    private final KeyRotation rotation;

    KeysKillCommand(KeyRotation rotation) {
        this.rotation = rotation;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String parameters() {
        return "<kid>";
    }

    @Override
    public String purpose() {
        return "ends a signing key at once, with all tokens it signed";
    }

    @Override
    public ExitCode run(Words words, TerminalPrinter terminal) {
        words.only(1);
        String kid = words.plain().getFirst();
        List<KeyView> changed = rotation.kill(kid);
        if (changed.isEmpty()) {
            terminal.complain("There is no signing key " + kid + ", or it was killed before. See: keys list");
            return ExitCode.REFUSED;
        }
        terminal.say("Killed " + kid
                + ". Its tokens are refused: here at once, by the verifier library within 10 s, by other"
                + " libraries when their copy of the JWK set is renewed.");
        changed.stream()
                .filter(key -> key.state() == KeyState.ACTIVE)
                .forEach(key ->
                        terminal.say(key.kid() + " (" + key.algorithm().jwsName() + ") signs in its place. People stay"
                                + " signed in; apps get new tokens with their refresh tokens."));
        return ExitCode.DONE;
    }
}
