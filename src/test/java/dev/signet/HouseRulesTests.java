package dev.signet;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The habits that keep the house readable and its promises true, as far as a program can check them. */
@AnalyzeClasses(packagesOf = AuthorizationServerApplication.class, importOptions = DoNotIncludeTests.class)
class HouseRulesTests {

    /** What may speak to the person at the terminal: things told once that must not be in a log. */
    private static final DescribedPredicate<JavaClass> PRINTERS = simpleNameEndingWith("Printer");

    private static final Set<String> CLOCK_TYPES = Set.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalDateTime",
            "java.time.ZonedDateTime",
            "java.time.OffsetDateTime",
            "java.time.Year");

    @ArchTest
    static final ArchRule whatAClassNeedsComesThroughItsConstructor = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule logsGoThroughOneInterface = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule timeComesFromTheInjectedClock = noClasses()
            .should()
            .callMethodWhere(target(describe("reads the machine's clock", HouseRulesTests::readsTheMachinesClock)))
            .because("tests move the clock by hand: Instant.now(clock)");

    @ArchTest
    static final ArchRule nothingIsPrintedPastTheLog = noClasses()
            .that(DescribedPredicate.not(PRINTERS))
            .should(ACCESS_STANDARD_STREAMS)
            .because("what is not logged cannot be found");

    @ArchTest
    static final ArchRule oldDatesOnlyWhereTheEngineDemandsThem = noClasses()
            .that(DescribedPredicate.not(
                    resideInAnyPackage("dev.signet.protocol..", "dev.signet.tokens..", "dev.signet.keys..")))
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Date");

    @ArchTest
    static final ArchRule thereIsNoServletSession = noClasses()
            .should()
            .callMethodWhere(
                    target(describe("makes or reads a servlet session", HouseRulesTests::asksForAServletSession)))
            .because("a session is a row in the database, which every node sees");

    @ArchTest
    static final ArchRule othersArePackagesOfTheirOwners =
            classes().should().resideInAPackage("dev.signet..").because("we extend the engine, we do not live in it");

    @ArchTest
    static final ArchRule nobodyForcesADoor = noClasses()
            .should()
            .callMethodWhere(target(describe("opens what is private", HouseRulesTests::opensWhatIsPrivate)));

    @ArchTest
    static final ArchRule packagesAreNamedByWhatTheyDo = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..common..", "..helper..", "..manager..", "..impl..", "..dto..");

    @ArchTest
    static void everyPackageIsExplainedAndNullMarked(JavaClasses all) throws IOException {
        Set<String> packages =
                all.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
        for (String name : packages) {
            Path file = Path.of("src/main/java", name.replace('.', '/'), "package-info.java");
            assertThat(file).exists();
            assertThat(Files.readString(file)).as(name).contains("/**", "NullMarked");
        }
    }

    @ArchTest
    static void filesFitAReadersHead(JavaClasses all) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> tooLong = files.filter(file -> file.toString().endsWith(".java") && lines(file) > 400)
                    .toList();
            assertThat(tooLong).as("files of more than 400 lines").isEmpty();
        }
    }

    private static boolean readsTheMachinesClock(AccessTarget.CodeUnitCallTarget target) {
        String owner = target.getOwner().getName();
        boolean now = target.getName().equals("now")
                && CLOCK_TYPES.contains(owner)
                && target.getRawParameterTypes().stream()
                        .noneMatch(type -> type.getName().equals("java.time.Clock"));
        return now || owner.equals("java.lang.System") && target.getName().equals("currentTimeMillis");
    }

    private static boolean asksForAServletSession(AccessTarget.CodeUnitCallTarget target) {
        return target.getName().equals("getSession")
                && target.getOwner().isAssignableTo("jakarta.servlet.http.HttpServletRequest");
    }

    private static boolean opensWhatIsPrivate(AccessTarget.CodeUnitCallTarget target) {
        return target.getName().equals("setAccessible");
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
