package dev.signet.commands;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was typed after {@code java -jar signet.jar}: plain words, and options, either {@code --name=value} or
 * {@code --name value}. Options with a dot in their name are settings of the server ({@code --signet.data-dir=…}) and none
 * of a command's business.
 */
record Words(List<String> plain, Map<String, String> options, List<String> settings) {

    static Words of(String... arguments) {
        List<String> plain = new ArrayList<>();
        Map<String, String> options = new LinkedHashMap<>();
        List<String> settings = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (!argument.startsWith("--")) {
                plain.add(argument);
                continue;
            }
            int equals = argument.indexOf('=');
            String name = argument.substring(2, equals < 0 ? argument.length() : equals);
            if (name.contains(".")) {
                settings.add(argument);
            } else if (equals >= 0) {
                options.put(name, argument.substring(equals + 1));
            } else if (i + 1 < arguments.length && !arguments[i + 1].startsWith("--")) {
                options.put(name, arguments[++i]);
            } else {
                options.put(name, "");
            }
        }
        return new Words(List.copyOf(plain), Map.copyOf(options), List.copyOf(settings));
    }

    boolean startWith(String name) {
        return (String.join(" ", plain) + " ").startsWith(name + " ");
    }

    Words after(String name) {
        return new Words(plain.subList(name.split(" ").length, plain.size()), options, settings);
    }

    /** Refuses words and options the command does not know; a slip must not pass for a wish. */
    void only(int words, String... known) {
        if (plain.size() != words) {
            throw new WrongUse(plain.size() < words ? "Something is missing." : "Too many words.");
        }
        options.keySet().stream()
                .filter(name -> !List.of(known).contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new WrongUse("There is no option --" + name + ".");
                });
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }
}
