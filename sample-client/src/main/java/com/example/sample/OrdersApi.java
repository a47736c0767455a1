package com.example.sample;

import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A small API that answers whoever brings an access token with scope {@code api:read}. */
@RestController
class OrdersApi {

    record Order(String number, String item) {}

    record Orders(String subject, List<Order> orders) {}

    @GetMapping("/api/orders")
    Orders orders(@AuthenticationPrincipal Jwt token) {
        return new Orders(
                token.getSubject(), List.of(new Order("2041", "Brass compass"), new Order("2042", "Sealing wax, red")));
    }
}
