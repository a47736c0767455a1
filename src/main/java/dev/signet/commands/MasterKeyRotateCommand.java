package dev.signet.commands;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.crypto.DataKeyRotation;
import java.util.Optional;
import org.springframework.transaction.support.TransactionTemplate;

/** Wraps the data keys by the new master key. */
final class MasterKeyRotateCommand implements Command {

    static final String NAME = "master-key rotate";

    private final DataKeyRotation rotation;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;

    MasterKeyRotateCommand(DataKeyRotation rotation, AuditTrail audit, TransactionTemplate transaction) {
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
        return "wraps the data keys by the new master key; every node must have been given both before";
    }

    @Override
    public ExitCode run(Words words, TerminalPrinter terminal) {
        words.only(0);
        String current = rotation.masterKeyId();
        Optional<String> previous = rotation.previousMasterKeyId();
        Integer wrapped = transaction.execute(status -> {
            int count = rotation.rewrap();
            if (count > 0) {
                audit.record(AuditEvent.of(AuditKind.MASTER_KEY_CHANGED)
                        .actor("command")
                        .detail("from", previous.orElse(null))
                        .detail("to", current));
            }
            return count;
        });
        if (wrapped == null || wrapped == 0) {
            terminal.say("Nothing to do: all data keys are wrapped by master key " + current + " already.");
        } else {
            terminal.say("Wrapped " + wrapped + " data keys by master key " + current + ". No session or token ended.");
        }
        previous.ifPresent(id -> terminal.say("The previous master key " + id
                + " opens nothing any more: take it out of every node's settings. Keep it as"
                + " long as you keep backups from before."));
        return ExitCode.DONE;
    }
}
