package dev.signet.commands;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.commands.RecoveryStore.Ended;
import dev.signet.tokens.StatusLists;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * After a restore, or a failover that lost commits: what was spent, ended or revoked since the state that came back must
 * not work again, and no status index may be given out twice. So everything that could have come back ends: people sign in
 * again.
 */
final class RecoverCommand implements Command {

    static final String NAME = "recover";

    private final RecoveryStore store;
    private final StatusLists statusLists;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    RecoverCommand(
            RecoveryStore store,
            StatusLists statusLists,
            AuditTrail audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.statusLists = statusLists;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String parameters() {
        return "--as-of <time, such as 2027-01-31T04:00:00Z, or now>";
    }

    @Override
    public String purpose() {
        return "after a restore: ends all that could have come back with it";
    }

    @Override
    public ExitCode run(Words words, TerminalPrinter terminal) {
        words.only(0, "as-of");
        Instant now = clock.instant();
        Instant asOf = asOf(words, now);
        int nodes = store.connectionsOfNodes();
        if (nodes > 0) {
            terminal.complain(
                    "Stop every node first: they hold status indexes in memory that must not be used any more."
                            + " Their connections to this database: " + nodes + ".");
            return ExitCode.REFUSED;
        }
        Ended ended = transaction.execute(status -> {
            Ended counted = store.endAll(asOf, now);
            statusLists.startAfresh(asOf);
            audit.record(AuditEvent.of(AuditKind.RECOVERED)
                    .actor("command")
                    .detail("as_of", asOf.toString())
                    .detail("sessions", Integer.toString(counted.sessions()))
                    .detail("families", Integer.toString(counted.families())));
            return counted;
        });
        report(ended, asOf, terminal);
        return ExitCode.DONE;
    }

    private static Instant asOf(Words words, Instant now) {
        String text = words.option("as-of").orElseThrow(() -> new WrongUse("As of when?"));
        if (text.equals("now")) {
            return now;
        }
        try {
            Instant asOf = OffsetDateTime.parse(text).toInstant();
            if (asOf.isAfter(now)) {
                throw new WrongUse(text + " is yet to come.");
            }
            return asOf;
        } catch (DateTimeException e) {
            throw new WrongUse("'" + text + "' is not a time with its offset from UTC.");
        }
    }

    private static void report(Ended ended, Instant asOf, TerminalPrinter terminal) {
        terminal.say("Ended what could have come back, as of " + asOf + ":");
        terminal.say("  " + ended.sessions() + " sessions: people sign in again");
        terminal.say("  " + ended.families() + " grants to apps, with their codes, refresh tokens and access tokens");
        terminal.say("  " + ended.flows() + " sign-ins in progress");
        terminal.say("  " + ended.links() + " links");
        terminal.say("Access tokens from before are revoked in every status list, and new lists begin.");
        terminal.say(
                "What no command can know, because it was lost. See to it by hand if it happened after that time:");
        terminal.say("  signing keys that were killed (keys list, keys kill), secrets of apps that were withdrawn,");
        terminal.say("  passwords and accounts that were changed or disabled, apps that people had disconnected.");
        terminal.say("Now start the nodes.");
    }
}
