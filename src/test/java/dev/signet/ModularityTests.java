package dev.signet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/** Keeps the house's plan: modules use only each other's faces, and only those of the floors below. */
class ModularityTests {

    private static final List<List<String>> FLOORS = List.of(
            List.of("site"), // the ground: who the server is
            List.of("crypto", "audit", "theme", "cluster", "refusals", "privacy"),
            List.of("keys", "clients", "users", "protection", "mail"),
            List.of("credentials", "sessions", "consents"),
            List.of("tokens", "login", "provisioning"),
            List.of("protocol", "account", "admin", "commands", "operations"));

    private final ApplicationModules modules = ApplicationModules.of(AuthorizationServerApplication.class);

    @Test
    void modulesUseOnlyTheFacesTheyDeclare() {
        modules.verify();
    }

    @Test
    void everyModuleHasItsFloor() {
        assertThat(modules.stream().map(ModularityTests::name))
                .allSatisfy(name -> assertThat(floors())
                        .as("ModularityTests.FLOORS knows the module")
                        .containsKey(name));
    }

    @Test
    void arrowsPointDown() {
        Map<String, Integer> floors = floors();
        for (ApplicationModule module : modules) {
            module.getDirectDependencies(modules)
                    .uniqueModules()
                    .forEach(used -> assertThat(floors.get(name(used)))
                            .as(name(module) + " uses " + name(used) + ", which must be on a lower floor")
                            .isLessThan(floors.get(name(module))));
        }
    }

    private static String name(ApplicationModule module) {
        return module.getIdentifier().toString();
    }

    private static Map<String, Integer> floors() {
        Map<String, Integer> floors = new TreeMap<>();
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            for (String module : FLOORS.get(floor)) {
                floors.put(module, floor);
            }
        }
        return floors;
    }
}
