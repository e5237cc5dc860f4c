package dev.owlery.launcher.gates;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of rooms and doors in ARCHITECTURE.md, held by the class files. */
@Timeout(180)
final class RingTest {

  private static final String API = "dev.owlery.api..";
  private static final String SPI = "dev.owlery.spi..";
  private static final String CORE = "dev.owlery.core..";
  private static final String TESTKIT = "dev.owlery.testkit..";
  private static final String ADAPTERS = "dev.owlery.adapter..";
  private static final String WEB = "dev.owlery.web..";
  private static final String PLUGINS = "dev.owlery.plugins..";
  private static final String LAUNCHER = "dev.owlery.launcher..";

  /** What everybody may use. */
  private static final String[] COMMON = {
    "java..", "javax.net..", "jdk.net..", "org.jspecify..", "jakarta.inject..", "org.slf4j..", API
  };

  private static JavaClasses house;

  @BeforeAll
  static void readTheHouse() {
    house =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(RingTest::isNotRelocated)
            .importPackages("dev.owlery");
  }

  @Test
  void everyRoomIsSeen() {
    for (String room : new String[] {API, SPI, CORE, TESTKIT, WEB, LAUNCHER}) {
      assertThat(house.that(resideInAPackage(room))).as(room).isNotEmpty();
    }
  }

  @Test
  void theApiKnowsNobody() {
    classes()
        .that()
        .resideInAPackage(API)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(COMMON)
                .or(
                    resideInAnyPackage(
                        "org.incendo..", "org.commonmark..", "javax.crypto..", "javax.xml..")))
        .check(house);
  }

  @Test
  void whatAdaptersShareKnowsOnlyTheApi() {
    onlyUses(SPI);
  }

  @Test
  void theCoreKnowsOnlyTheApi() {
    noClasses()
        .that()
        .resideInAPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ADAPTERS,
            PLUGINS,
            TESTKIT,
            WEB,
            LAUNCHER,
            "io.javalin..",
            "org.eclipse.jetty..",
            "org.pircbotx..",
            "org.jline..",
            "com.slack.api..",
            "com.typesafe..",
            "picocli..",
            "ch.qos.logback..")
        .check(house);
  }

  @Test
  void adaptersKnowTheApiAndTheirOwnLibraryAlone() {
    onlyUses("dev.owlery.adapter.console..", "org.jline..");
    onlyUses("dev.owlery.adapter.irc..", "org.pircbotx..", "com.google.common..", "jdk.net..");
    onlyUses(
        "dev.owlery.adapter.xmpp..",
        "org.jivesoftware..",
        "org.jxmpp..",
        "org.minidns..",
        "com.ongres.scram..",
        "javax.security..",
        "javax.xml..",
        "org.w3c..",
        "org.xml..");
    onlyUses(
        "dev.owlery.adapter.slack..",
        "com.slack.api..",
        "okhttp3..",
        "okio..",
        "com.google.gson..",
        "net.fellbaum.jemoji..");
    onlyUses("dev.owlery.adapter.webhook..", "com.google.gson..");
  }

  @Test
  void theWebKnowsTheApiTheCoresListenerAndItsOwnLibrary() {
    onlyUses(
        "dev.owlery.web..",
        "dev.owlery.core.http..",
        "io.javalin..",
        "org.eclipse.jetty..",
        "jakarta.servlet..",
        "kotlin..");
  }

  private static void onlyUses(String adapter, String... libraries) {
    classes()
        .that()
        .resideInAPackage(adapter)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(COMMON)
                .or(resideInAnyPackage(libraries))
                .or(resideInAPackage(SPI))
                .or(resideInAPackage(adapter)))
        .allowEmptyShould(true)
        .check(house);
  }

  @Test
  void pluginsKnowTheApiAlone() {
    noClasses()
        .that()
        .resideInAPackage(PLUGINS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SPI, CORE, ADAPTERS, TESTKIT, WEB, LAUNCHER, "com.google.inject..")
        .allowEmptyShould(true)
        .check(house);
  }

  @Test
  void pluginsDoNotKnowEachOther() {
    slices()
        .matching("dev.owlery.plugins.(*)..")
        .should()
        .notDependOnEachOther()
        .allowEmptyShould(true)
        .check(house);
  }

  @Test
  void theTestKitKnowsNoAdapterAndNoPlugin() {
    noClasses()
        .that()
        .resideInAPackage(TESTKIT)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ADAPTERS, PLUGINS, WEB, LAUNCHER)
        .check(house);
  }

  @Test
  void onlyTheLauncherReadsConfigurationFilesAndTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(LAUNCHER)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.typesafe..", "picocli..", "ch.qos.logback..")
        .check(house);
  }

  @Test
  void anAdapterHasOneDoor() {
    slices().matching("dev.owlery.adapter.(*)..").should().notDependOnEachOther().check(house);
    noClasses()
        .that()
        .resideOutsideOfPackage(ADAPTERS)
        .should()
        .dependOnClassesThat(
            resideInAPackage(ADAPTERS).and(not(simpleNameEndingWith("AdapterProvider"))))
        .check(house);
  }

  /** From the lowest to the highest, as {@code package-info.java} of the adapter says. */
  @ParameterizedTest
  @ValueSource(strings = {"xmpp", "slack"})
  void aPackageOfAnAdapterUsesOnlyWhatStandsBelowIt(String adapter) {
    List<List<String>> layers = layers(adapter);
    String root = "dev.owlery.adapter." + adapter;
    List<String> packages = layers.stream().flatMap(List::stream).toList();
    assertThat(house.that(resideInAPackage(root + ".(*)..")))
        .extracting(type -> type.getPackageName().substring(root.length() + 1))
        .containsAll(packages)
        .isSubsetOf(packages);
    for (int i = 0; i < layers.size(); i++) {
      List<String> below = layers.subList(0, i).stream().flatMap(List::stream).toList();
      for (String name : layers.get(i)) {
        String[] others =
            Stream.concat(packages.stream().map(each -> root + "." + each), Stream.of(root))
                .filter(each -> !each.equals(root + "." + name))
                .filter(each -> below.stream().noneMatch(lower -> each.endsWith("." + lower)))
                .toArray(String[]::new);
        noClasses()
            .that()
            .resideInAPackage(root + "." + name)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(others)
            .check(house);
      }
    }
  }

  private static List<List<String>> layers(String adapter) {
    String text =
        Sources.read(
            Sources.root()
                .resolve("adapter-" + adapter + "/src/main/java/dev/owlery/adapter/" + adapter)
                .resolve("package-info.java"));
    Matcher order =
        Pattern.compile("\\{@code (\\w+(?: \\w+)*(?: < \\w+(?: \\w+)*)+)}")
            .matcher(text.replaceAll("\\s+\\*?\\s*", " "));
    assertThat(order.find()).as("an order of packages in %s", text).isTrue();
    return Stream.of(order.group(1).split(" < ")).map(each -> List.of(each.split(" "))).toList();
  }

  @Test
  void aPluginHasOneDoor() {
    assertThat(doors(PLUGINS)).allSatisfy((room, names) -> assertThat(names).matches("\\w+"));
  }

  /** The public top-level types of each package, joined by a blank. */
  private static Map<String, String> doors(String rooms) {
    Map<String, String> doors = new TreeMap<>();
    for (JavaClass type : house.that(resideInAPackage(rooms))) {
      if (type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC)) {
        doors.merge(type.getPackageName(), type.getSimpleName(), (a, b) -> a + " " + b);
      }
    }
    return doors;
  }

  @Test
  void onlyMainEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.owlery.launcher.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(house);
  }

  @Test
  void nobodySleeps() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .check(house);
  }

  @Test
  void nobodyWritesToTheStandardStreamsPastTheLog() {
    noClasses()
        .that()
        .resideOutsideOfPackages(LAUNCHER, "dev.owlery.adapter.console..", TESTKIT)
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(house);
  }

  /** Libraries that a module carries under its own name are not ours. */
  private static boolean isNotRelocated(Location location) {
    return !location.contains("/shaded/");
  }
}
