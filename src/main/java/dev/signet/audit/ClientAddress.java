package dev.signet.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Finds out which network address a request came from.
 *
 * <p>It is the address of the connection, unless that belongs to a proxy named in {@code signet.trusted-proxies}: then it
 * is the right-most address of {@code X-Forwarded-For} that no named proxy owns. Whatever stands further left was written
 * by the caller and may be invented, to escape a limit or to frame somebody.
 */
class ClientAddress {

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final List<AddressRange> proxies;

    ClientAddress(List<String> trustedProxies) {
        this.proxies = trustedProxies.stream().map(AddressRange::parse).toList();
    }

    String of(HttpServletRequest request) {
        String peer = request.getRemoteAddr();
        if (peer == null) {
            return "";
        }
        if (proxies.isEmpty() || !trusted(peer)) {
            return peer;
        }
        String address = peer;
        for (String hop : hopsFromTheRight(request)) {
            String literal = withoutPort(hop);
            if (!AddressRange.isLiteral(literal)) {
                return address;
            }
            address = InetAddress.ofLiteral(literal).getHostAddress();
            if (!trusted(address)) {
                return address;
            }
        }
        return address;
    }

    private boolean trusted(String address) {
        if (!AddressRange.isLiteral(address)) {
            return false;
        }
        byte[] bytes = InetAddress.ofLiteral(address).getAddress();
        for (AddressRange proxy : proxies) {
            if (proxy.contains(bytes)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> hopsFromTheRight(HttpServletRequest request) {
        List<String> hops = new ArrayList<>();
        for (String header : Collections.list(request.getHeaders(FORWARDED_FOR))) {
            for (String hop : header.split(",", -1)) {
                hops.add(hop.strip());
            }
        }
        return hops.reversed();
    }

    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        int colon = hop.indexOf(':');
        return colon > 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }
}
