package dev.signet.commands;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.crypto.DataKeyRotation;
import dev.signet.crypto.DataKeyView;
import java.time.Clock;
import java.time.Instant;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts new data keys beside the present ones. */
final class DataKeysRotateCommand implements Command {

    static final String NAME = "data-keys rotate";

    private final DataKeyRotation rotation;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    DataKeysRotateCommand(DataKeyRotation rotation, AuditTrail audit, TransactionTemplate transaction, Clock clock) {
        this.clock = clock;
        this.rotation = rotation;
        this.audit = audit;
        this.transaction = transaction;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String purpose() {
        return "puts new data keys beside the present ones, which go on checking what they made";
    }

    @Override
    public ExitCode run(Words words, TerminalPrinter terminal) {
        words.only(0);
        Instant moment = transaction.execute(status -> {
            Instant takeOver = rotation.rotate();
            rotation.list().stream()
                    .filter(key -> key.retiredAt() == null && key.activatedAt().isAfter(clock.instant()))
                    .forEach(this::record);
            return takeOver;
        });
        terminal.say(
                "New data keys take over at " + KeysListCommand.time(moment) + " on every node. The present ones go on"
                        + " checking what they made; no session, token or secret ends.");
        return ExitCode.DONE;
    }

    private void record(DataKeyView key) {
        audit.record(AuditEvent.of(AuditKind.DATA_KEY_CREATED)
                .actor("command")
                .detail("id", Integer.toString(key.id()))
                .detail("purpose", key.purpose()));
    }
}
