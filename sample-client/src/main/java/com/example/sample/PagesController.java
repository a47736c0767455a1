package com.example.sample;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages: who is signed in, what the provider said about them, and what can be done with their tokens. */
@Controller
class PagesController {

    private final OAuth2AuthorizedClientRepository authorizedClients;
    private final OAuth2AuthorizedClientManager alwaysRefreshing;
    private final OrdersClient orders;
    private final RestClient http = RestClient.create();

    PagesController(
            OAuth2AuthorizedClientRepository authorizedClients,
            @Qualifier("alwaysRefreshing") OAuth2AuthorizedClientManager alwaysRefreshing,
            OrdersClient orders) {
        this.authorizedClients = authorizedClients;
        this.alwaysRefreshing = alwaysRefreshing;
        this.orders = orders;
    }

    @GetMapping("/")
    String index(
            @AuthenticationPrincipal OidcUser user,
            Authentication authentication,
            @RequestParam(required = false) String problem,
            HttpServletRequest request,
            Model model) {
        if (user == null) {
            model.addAttribute("problem", problem);
            return "welcome";
        }
        model.addAttribute("name", user.getFullName() != null ? user.getFullName() : user.getSubject());
        model.addAttribute("idTokenClaims", sorted(user.getIdToken().getClaims()));
        model.addAttribute(
                "userInfoClaims",
                user.getUserInfo() == null
                        ? Map.of()
                        : sorted(user.getUserInfo().getClaims()));
        OAuth2AuthorizedClient client =
                authorizedClients.loadAuthorizedClient(ClientConfiguration.REGISTRATION, authentication, request);
        model.addAttribute("client", client);
        return "home";
    }

    /** Spends the refresh token for new tokens. */
    @PostMapping("/refresh")
    String refresh(
            Authentication authentication,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes flash) {
        OAuth2AuthorizeRequest wish = OAuth2AuthorizeRequest.withClientRegistrationId(ClientConfiguration.REGISTRATION)
                .principal(authentication)
                .attribute(HttpServletRequest.class.getName(), request)
                .attribute(HttpServletResponse.class.getName(), response)
                .build();
        try {
            OAuth2AuthorizedClient client = alwaysRefreshing.authorize(wish);
            flash.addFlashAttribute(
                    "notice", client == null || client.getRefreshToken() == null ? "no-refresh-token" : "refreshed");
        } catch (OAuth2AuthorizationException e) {
            flash.addFlashAttribute("notice", "refresh-refused");
        }
        return "redirect:/";
    }

    /** Asks the provider about the person again, with the access token. */
    @PostMapping("/userinfo")
    String userInfo(
            @RegisteredOAuth2AuthorizedClient(ClientConfiguration.REGISTRATION) OAuth2AuthorizedClient client,
            RedirectAttributes flash) {
        try {
            Map<?, ?> claims = http.get()
                    .uri(client.getClientRegistration()
                            .getProviderDetails()
                            .getUserInfoEndpoint()
                            .getUri())
                    .headers(headers ->
                            headers.setBearerAuth(client.getAccessToken().getTokenValue()))
                    .retrieve()
                    .body(Map.class);
            flash.addFlashAttribute("freshUserInfo", new TreeMap<>(claims));
        } catch (RestClientException e) {
            flash.addFlashAttribute("notice", "userinfo-refused");
        }
        return "redirect:/";
    }

    /** Calls the API with the access token. */
    @PostMapping("/orders")
    String orders(RedirectAttributes flash) {
        try {
            flash.addFlashAttribute("orders", orders.orders());
        } catch (RestClientException | OAuth2AuthorizationException e) {
            flash.addFlashAttribute("notice", "api-refused");
        }
        return "redirect:/";
    }

    private static Map<String, Object> sorted(Map<String, Object> claims) {
        return new TreeMap<>(claims);
    }
}
