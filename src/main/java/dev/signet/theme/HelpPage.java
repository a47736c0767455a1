package dev.signet.theme;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explains an error to whoever builds an app. The text is English in every language of the server: it is documentation, and
 * it stands beside code. It consists of blocks that hold no markup, so that nothing in it can become any.
 *
 * @param code id of the error, such as {@code AS-2017}
 * @param title what happened, in a few words, with the id
 * @param blocks the text
 */
public record HelpPage(String code, String title, List<Block> blocks) implements Page {

    public HelpPage {
        blocks = List.copyOf(blocks);
    }

    /** One block of the text; templates tell them apart by {@link #kind()}. */
    public sealed interface Block permits Heading, Paragraph, Points, Example {

        /** Gives {@code heading}, {@code paragraph}, {@code points} or {@code example}. */
        String kind();
    }

    /** Begins a section of the page. */
    public record Heading(String text) implements Block {

        @Override
        public String kind() {
            return "heading";
        }
    }

    /** Some sentences. */
    public record Paragraph(List<Span> spans) implements Block {

        @Override
        public String kind() {
            return "paragraph";
        }
    }

    /** A list. */
    public record Points(List<List<Span>> items) implements Block {

        @Override
        public String kind() {
            return "points";
        }
    }

    /** A request, an answer or a piece of configuration, with its line breaks. */
    public record Example(String text) implements Block {

        @Override
        public String kind() {
            return "example";
        }
    }

    /**
     * A piece of a sentence.
     *
     * @param kind {@code text}, {@code code}, {@code strong} or {@code link}
     * @param text the words
     * @param url where a link leads, an address with https or of this server; null for anything else
     */
    public record Span(String kind, String text, @Nullable String url) {}

    @Override
    public String name() {
        return "help";
    }

    @Override
    public Stage stage() {
        return Stage.OWN;
    }

    @Override
    public String language() {
        return "en";
    }
}
