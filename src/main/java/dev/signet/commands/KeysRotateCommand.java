package dev.signet.commands;

import dev.signet.keys.KeyRotation;
import dev.signet.keys.KeyView;
import java.util.List;

/** Announces the next signing keys now, ahead of the schedule. */
final class KeysRotateCommand implements Command {

    static final String NAME = "keys rotate";

    private final KeyRotation rotation;

    KeysRotateCommand(KeyRotation rotation) {
        this.rotation = rotation;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String purpose() {
        return "announces the next signing keys now, ahead of the schedule";
    }

    @Override
    public ExitCode run(Words words, TerminalPrinter terminal) {
        words.only(0);
        List<KeyView> announced = rotation.rotate();
        if (announced.isEmpty()) {
            terminal.say("Nothing to do: the next key of every algorithm is announced already.");
        }
        announced.forEach(key -> terminal.say("Announced " + key.kid() + " ("
                + key.algorithm().jwsName() + "). It signs from " + KeysListCommand.time(key.activatedAt()) + " on."));
        return ExitCode.DONE;
    }
}
