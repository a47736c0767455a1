package dev.signet.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says in a few words what a {@code User-Agent} header (RFC 9110 section 10.1.5) claims to be; for people, not for rules. */
final class DeviceName {

    private static final int LONGEST = 60;
    private static final int LONGEST_HEADER = 500;

    // Order matters: most browsers also claim to be the ones further down.
    private static final Map<String, String> BROWSERS = inOrder(
            "Edg",
            "Edge",
            "OPR/",
            "Opera",
            "SamsungBrowser",
            "Samsung Internet",
            "Firefox/",
            "Firefox",
            "FxiOS",
            "Firefox",
            "CriOS",
            "Chrome",
            "Chrome/",
            "Chrome",
            "Safari/",
            "Safari");
    private static final Map<String, String> SYSTEMS = inOrder(
            "Android",
            "Android",
            "iPhone",
            "iPhone",
            "iPad",
            "iPad",
            "Windows",
            "Windows",
            "Mac OS X",
            "macOS",
            "CrOS",
            "ChromeOS",
            "Linux",
            "Linux");

    private DeviceName() {}

    static String of(@Nullable String userAgent) {
        if (userAgent == null || userAgent.isBlank()) {
            return "";
        }
        String header = userAgent.length() > LONGEST_HEADER ? userAgent.substring(0, LONGEST_HEADER) : userAgent;
        String browser = first(BROWSERS, header);
        String system = first(SYSTEMS, header);
        if (browser != null && system != null) {
            return browser + " on " + system;
        }
        String product = header.strip().split("\\s", 2)[0];
        return product.length() > LONGEST ? product.substring(0, LONGEST) : product;
    }

    private static @Nullable String first(Map<String, String> marks, String header) {
        for (Map.Entry<String, String> mark : marks.entrySet()) {
            if (header.contains(mark.getKey())) {
                return mark.getValue();
            }
        }
        return null;
    }

    private static Map<String, String> inOrder(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
