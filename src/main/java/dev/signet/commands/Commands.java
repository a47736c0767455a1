package dev.signet.commands;

import java.util.List;
import java.util.OptionalInt;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs the command a process was started for, if it was. */
public final class Commands {

    /** The profile that is on in a command's process, for what is different there. */
    public static final String PROFILE = "command";

    private Commands() {}

    /**
     * Runs the command the arguments name; empty if they name none, as those of a server do.
     *
     * @return the exit code: 0 done, 1 failed, 2 not understood, 3 refused
     */
    public static OptionalInt run(String... arguments) {
        Words words = Words.of(arguments);
        if (words.plain().isEmpty() && !words.options().containsKey("help")) {
            return OptionalInt.empty();
        }
        TerminalPrinter terminal = new TerminalPrinter();
        if (CommandContext.NAMES.stream().noneMatch(words::startWith)) {
            return OptionalInt.of(help(words, terminal).number());
        }
        return OptionalInt.of(start(words, terminal).number());
    }

    private static ExitCode start(Words words, TerminalPrinter terminal) {
        SpringApplication application = new SpringApplication(CommandContext.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setAdditionalProfiles(PROFILE);
        application.setLogStartupInfo(false);
        ConfigurableApplicationContext context;
        try {
            context = application.run(words.settings().toArray(String[]::new));
        } catch (RuntimeException e) {
            // The reason has been logged in words, as when a server does not start.
            return ExitCode.FAILED;
        }
        try (context) {
            return run(context, words, terminal);
        }
    }

    private static ExitCode run(ConfigurableApplicationContext context, Words words, TerminalPrinter terminal) {
        Command command = context.getBeanProvider(Command.class)
                .orderedStream()
                .filter(candidate -> words.startWith(candidate.name()))
                .findFirst()
                .orElseThrow();
        try {
            return command.run(words.after(command.name()), terminal);
        } catch (WrongUse e) {
            terminal.complain(String.valueOf(e.getMessage()));
            terminal.complain("Use: " + (command.name() + " " + command.parameters()).strip());
            return ExitCode.WRONG_USE;
        } catch (RuntimeException e) {
            terminal.complain("It did not work; nothing was changed. " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private static ExitCode help(Words words, TerminalPrinter terminal) {
        boolean asked = words.options().containsKey("help") || words.plain().equals(List.of("help"));
        if (!asked) {
            terminal.complain("There is no command '" + String.join(" ", words.plain()) + "'.");
        }
        terminal.say("Without a command the server starts. The commands are:");
        CommandContext.NAMES.forEach(name -> terminal.say("  " + name));
        terminal.say("They take the server's settings, for example --signet.data-dir=… or --spring.datasource.url=…;");
        terminal.say("docs/OPERATIONS.md explains them.");
        return asked ? ExitCode.DONE : ExitCode.WRONG_USE;
    }
}
