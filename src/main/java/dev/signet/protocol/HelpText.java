package dev.signet.protocol;

import dev.signet.theme.HelpPage;
import dev.signet.theme.HelpPage.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * Reads the Markdown of an error's page into blocks that hold no markup. What a page may consist of stands here in full: a
 * title, headings, paragraphs, lists of one level, fenced code, and in a line code, bold type and links to {@code https}
 * addresses or to the page of another error. Anything else, raw HTML above all, is refused and never shown.
 */
final class HelpText {

    private static final Pattern OTHER_PAGE = Pattern.compile("(AS-[0-9]{4})\\.md");

    private final String pagesUrl;

    /** @param pagesUrl address below which the pages of errors are served */
    HelpText(String pagesUrl) {
        this.pagesUrl = pagesUrl;
    }

    /** @throws IllegalArgumentException if the text holds what no page may hold */
    HelpPage read(String id, String markdown) {
        Node document = Parser.builder().build().parse(markdown);
        if (!(document.getFirstChild() instanceof Heading title) || title.getLevel() != 1) {
            throw new IllegalArgumentException("begins with no title");
        }
        List<HelpPage.Block> blocks = new ArrayList<>();
        for (Node node = title.getNext(); node != null; node = node.getNext()) {
            blocks.add(block(node));
        }
        return new HelpPage(id, words(title), blocks);
    }

    private HelpPage.Block block(Node node) {
        return switch (node) {
            case Heading heading when heading.getLevel() == 2 -> new HelpPage.Heading(words(heading));
            case Paragraph paragraph -> new HelpPage.Paragraph(spans(paragraph));
            case BulletList list -> points(list);
            case FencedCodeBlock code -> new HelpPage.Example(code.getLiteral());
            default -> throw notAllowed(node);
        };
    }

    private HelpPage.Points points(BulletList list) {
        List<List<Span>> items = new ArrayList<>();
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            if (!(item.getFirstChild() instanceof Paragraph only) || only.getNext() != null) {
                throw notAllowed(item);
            }
            items.add(spans(only));
        }
        return new HelpPage.Points(items);
    }

    private List<Span> spans(Node parent) {
        List<Span> spans = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            spans.add(
                    switch (node) {
                        case Text text -> new Span("text", text.getLiteral(), null);
                        case SoftLineBreak line -> new Span("text", " ", null);
                        case Code code -> new Span("code", code.getLiteral(), null);
                        case StrongEmphasis strong -> new Span("strong", words(strong), null);
                        case Link link -> new Span("link", words(link), address(link.getDestination()));
                        default -> throw notAllowed(node);
                    });
        }
        return spans;
    }

    private String address(String destination) {
        Matcher page = OTHER_PAGE.matcher(destination);
        if (page.matches()) {
            return pagesUrl + page.group(1);
        }
        if (!destination.startsWith("https://")) {
            throw new IllegalArgumentException("links to " + destination);
        }
        return destination;
    }

    private static String words(Node parent) {
        StringBuilder words = new StringBuilder();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            switch (node) {
                case Text text -> words.append(text.getLiteral());
                case Code code -> words.append(code.getLiteral());
                case SoftLineBreak line -> words.append(' ');
                default -> throw notAllowed(node);
            }
        }
        return words.toString();
    }

    private static IllegalArgumentException notAllowed(Node node) {
        return new IllegalArgumentException("holds " + node);
    }
}
