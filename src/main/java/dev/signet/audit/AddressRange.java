package dev.signet.audit;

import java.net.InetAddress;

/** A range of network addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3); a lone address is a range of one. */
record AddressRange(byte[] network, int prefix) {

    static AddressRange parse(String text) {
        String value = text.strip();
        int slash = value.indexOf('/');
        String literal = slash < 0 ? value : value.substring(0, slash);
        if (!isLiteral(literal)) {
            throw new IllegalArgumentException(
                    "signet.trusted-proxies: \"" + text + "\" is not an address or range such as 10.0.0.0/8");
        }
        byte[] network = InetAddress.ofLiteral(literal).getAddress();
        int longest = network.length * 8;
        int prefix = slash < 0 ? longest : prefix(text, value.substring(slash + 1), longest);
        return new AddressRange(network, prefix);
    }

    private static int prefix(String text, String digits, int longest) {
        try {
            int prefix = Integer.parseInt(digits);
            if (prefix >= 0 && prefix <= longest) {
                return prefix;
            }
        } catch (NumberFormatException e) {
            // Said below, in words that name the setting.
        }
        throw new IllegalArgumentException(
                "signet.trusted-proxies: the part after the slash of \"" + text + "\" must be 0 to " + longest);
    }

    static boolean isLiteral(String text) {
        // InetAddress.ofLiteral alone would also take forms like 0x7f.1, which no proxy writes.
        return (text.indexOf(':') >= 0 || text.chars().filter(c -> c == '.').count() == 3) && parses(text);
    }

    private static boolean parses(String text) {
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit += 8) {
            int mask = prefix - bit >= 8 ? 0xFF : 0xFF << (8 - (prefix - bit)) & 0xFF;
            if (((address[bit / 8] ^ network[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
