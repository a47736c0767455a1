package dev.signet.commands;

import dev.signet.keys.KeyRotation;
import dev.signet.keys.KeyView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows all signing keys and where each stands. */
final class KeysListCommand implements Command {

    static final String NAME = "keys list";

    private final KeyRotation rotation;

    KeysListCommand(KeyRotation rotation) {
        this.rotation = rotation;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String purpose() {
        return "shows all signing keys and where each stands";
    }

    @Override
    public ExitCode run(Words words, TerminalPrinter terminal) {
        words.only(0);
        terminal.table(
                List.of("KEY", "ALGORITHM", "STATE", "PUBLISHED", "SIGNS FROM", "RETIRED", "REMOVED", "KILLED"),
                rotation.list().stream().map(KeysListCommand::row).toList());
        return ExitCode.DONE;
    }

    private static List<String> row(KeyView key) {
        return List.of(
                key.kid(),
                key.algorithm().jwsName(),
                key.state().name().toLowerCase(Locale.ROOT),
                time(key.publishedAt()),
                time(key.activatedAt()),
                time(key.retiredAt()),
                time(key.removedAt()),
                time(key.killedAt()));
    }

    static String time(@Nullable Instant moment) {
        return moment == null ? "-" : moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
