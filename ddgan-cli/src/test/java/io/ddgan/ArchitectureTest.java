package io.ddgan;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.ddgan.app.experiment.TrainedRun;
import io.ddgan.app.training.TrainingRuns;
import io.ddgan.train.Trainer;
import io.ddgan.train.experiment.Experiment;
import io.ddgan.train.sampling.TrainedGenerator;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;

/** Dependency rules beyond those of the Maven modules. */
class ArchitectureTest {

  /** A class or all classes of a package, imported or not. */
  private static final Pattern NAME =
      Pattern.compile("\\bio\\.ddgan\\.[a-z.]*[a-z]\\.(?:\\*|[A-Z]\\w*)");

  private static final Pattern PROMISED_PACKAGES =
      Pattern.compile("io\\.ddgan\\.(api|config|embed|engine|layers|plugin|random)");

  /** The types of docs/plugins/index.md, and those that a program receives to pass back. */
  private static final Pattern PROMISED =
      Pattern.compile(PROMISED_PACKAGES + "\\..*|io\\.ddgan\\.train\\.experiment\\.Experiment");

  private static final JavaClasses DDGAN =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.ddgan");

  @Test
  void packagesAreFreeOfCycles() {
    slices()
        .matching("io.ddgan.(**)")
        .should()
        .beFreeOfCycles()
        .because("a reader who follows the imports must come to an end")
        .check(DDGAN);
  }

  @Test
  void libraryDoesNotDependOnTheCommandLine() {
    noClasses()
        .that()
        .resideInAnyPackage("io.ddgan.app..", "io.ddgan.embed..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.ddgan.cli..", "picocli..")
        .because("Java programs use it, too")
        .check(DDGAN);
  }

  @Test
  void onlyTheGraphPackageUsesInternalsOfSameDiff() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.ddgan.internal.graph..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.nd4j.autodiff.samediff.internal..", "org.nd4j.autodiff.functions..")
        .because("they change between releases of ND4J, and one package can follow them")
        .check(DDGAN);
  }

  @Test
  void randomNumbersComeFromNamedStreams() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.ddgan.random..")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            Random.class, SecureRandom.class, SplittableRandom.class, ThreadLocalRandom.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("org.nd4j.linalg.api.rng..", "org.nd4j.linalg.api.ops.random..")
        .orShould()
        .accessTargetWhere(method(Math.class, "random"))
        .orShould()
        .accessTargetWhere(method(Collections.class, "shuffle"))
        .orShould()
        .accessTargetWhere(method(Nd4j.class, "rand.*|getRandom.*|choice|shuffle"))
        .because("a run is a function of its configuration only if every draw has a name")
        .check(DDGAN);
  }

  /** Returns whether an access is a call of a method or a reference to it. */
  private static DescribedPredicate<JavaAccess<?>> method(Class<?> owner, String name) {
    return target(owner(type(owner))).and(target(nameMatching(name)));
  }

  @Test
  void onlyMainAndDdganUseTheInjector() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.ddgan.cli.Main")
        .and()
        .doNotHaveFullyQualifiedName("io.ddgan.embed.Ddgan")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Guice.class, Injector.class)
        .because("a class says in its constructor what it needs")
        .check(DDGAN);
  }

  @Test
  void commandsAndProgramsShareTrainingAndLoading() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(TrainingRuns.class)
        .should()
        .accessTargetWhere(method(Trainer.class, "<init>"))
        .because("a training must lock the run's folder and record its provenance")
        .check(DDGAN);
    noClasses()
        .that()
        .doNotBelongToAnyOf(TrainedRun.class)
        .should()
        .accessTargetWhere(method(TrainedGenerator.class, "load"))
        .because("a run's experiment must be compared with its provenance before use")
        .check(DDGAN);
  }

  @Test
  void packagesAreApiOrMarkedInternal() throws IOException {
    List<String> silent = new ArrayList<>();
    for (Path module : modules()) {
      Path sources = module.resolve("src/main/java");
      for (Path folder : javaFiles(sources).stream().map(Path::getParent).distinct().toList()) {
        String name = sources.relativize(folder).toString().replace(File.separatorChar, '.');
        Path info = folder.resolve("package-info.java");
        String text = Files.exists(info) ? Files.readString(info) : "";
        if (name.startsWith("io.ddgan")
            && !PROMISED_PACKAGES.matcher(name).matches()
            && !text.contains("<p>Internal")) {
          silent.add(name);
        }
      }
    }
    assertEquals(List.of(), silent);
  }

  @Test
  void apiUsesOnlyApiTypes() {
    List<String> others = new ArrayList<>();
    DDGAN.stream()
        .filter(type -> isPromised(type) && isVisible(type.getModifiers()))
        .filter(type -> !type.isEquivalentTo(Experiment.class)) // which is handed on alone
        .forEach(
            type ->
                spokenOf(type)
                    .map(JavaClass::getBaseComponentType)
                    .filter(other -> other.getPackageName().startsWith("io.ddgan"))
                    .filter(other -> !isPromised(other))
                    .forEach(other -> others.add(type.getName() + ": " + other.getName())));
    assertEquals(List.of(), others);
  }

  /** Returns the types visible to a plug-in: supertypes, and types of visible members. */
  private static Stream<JavaClass> spokenOf(JavaClass type) {
    Stream<JavaType> above = Stream.concat(type.getSuperclass().stream(), interfaces(type));
    Stream<JavaType> types = Stream.concat(above, type.getTypeParameters().stream());
    Stream<JavaClass> members =
        type.getMembers().stream()
            .filter(member -> isVisible(member.getModifiers()))
            .flatMap(
                member -> Stream.concat(member.getAllInvolvedRawTypes().stream(), thrown(member)));
    return Stream.concat(types.flatMap(each -> each.getAllInvolvedRawTypes().stream()), members);
  }

  private static Stream<JavaType> interfaces(JavaClass type) {
    return type.getInterfaces().stream();
  }

  private static Stream<JavaClass> thrown(JavaMember member) {
    return member instanceof JavaCodeUnit code
        ? code.getThrowsClause().getTypes().stream()
        : Stream.of();
  }

  private static boolean isPromised(JavaClass type) {
    return PROMISED.matcher(type.getName()).matches();
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> own = Files.list(Path.of(".."));
        Stream<Path> extensions = Files.list(Path.of("../extensions"))) {
      return Stream.concat(own, extensions)
          .filter(folder -> Files.isDirectory(folder.resolve("src/main/java")))
          .toList();
    }
  }

  /** Dependencies within the API's jar are allowed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "examples/plugin",
        "examples/embed",
        "extensions/onednn",
        "extensions/web",
        "extensions/slurm",
        "extensions/spark",
        "extensions/distributed"
      })
  void pluginsUseOnlyTheApi(String project) throws IOException {
    Pattern own = Pattern.compile("io\\.ddgan\\.(onednn|web|slurm|spark|distributed)\\..*");
    Path sources = Path.of("..").resolve(project).resolve("src/main/java");
    List<String> others = new ArrayList<>();
    for (Path file : javaFiles(sources)) {
      Matcher names = NAME.matcher(Files.readString(file));
      while (names.find()) {
        String name = names.group();
        if (!PROMISED.matcher(name).matches() && !own.matcher(name).matches()) {
          others.add(sources.relativize(file) + " names " + name);
        }
      }
    }
    assertEquals(List.of(), others);
  }

  private static List<Path> javaFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(path -> path.toString().endsWith(".java")).toList();
    }
  }

  @Test
  void staticFieldsAreFinal() {
    fields()
        .that()
        .areStatic()
        .should()
        .beFinal()
        .because("two runs in one process must not see each other")
        .check(DDGAN);
  }
}
