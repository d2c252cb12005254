package io.ddgan.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.internal.file.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {

  private static final Environment TWO_THREADS = new Environment(Map.of("threads", 2, "cores", 4));
  private static final Environment ONE_THREAD = new Environment(Map.of("threads", 1, "cores", 4));

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("provenance.json");
  }

  @Test
  void recordsWhatResultsMayDependOn() throws IOException {
    Provenance.of("seed = 7, data.folder = null", 7).trainedFrom(0, TWO_THREADS).write(file);
    Map<String, Object> facts = Json.parse(Files.readString(file));
    assertEquals(
        "6c560418fcfe12326544783f66060da7a91d8b13c4472c4bcdd1ed931cbd953a",
        facts.get("configuration-sha256"));
    assertEquals(7, facts.get("seed"));
    assertEquals(
        List.of(Map.of("from-step", 0, "threads", 2, "cores", 4)), facts.get("environments"));
  }

  @Test
  void isReadAsWritten() throws IOException {
    Provenance written = Provenance.of("a { b = null }", 1).trainedFrom(0, TWO_THREADS);
    written.write(file);
    Provenance read = Provenance.read(file);
    assertEquals(written.segments(), read.segments());
    assertEquals(Json.pretty(written.origin()), Json.pretty(read.origin()));
  }

  @Test
  void sameEnvironmentAddsNothing() {
    Provenance one = Provenance.of("", 0).trainedFrom(0, TWO_THREADS);
    assertEquals(one, one.trainedFrom(10, TWO_THREADS));
    assertEquals(one, one.trainedFrom(0, TWO_THREADS));
  }

  @Test
  void addsANewEnvironmentWithItsFirstStep() {
    assertEquals(
        List.of(new Provenance.Segment(0, TWO_THREADS), new Provenance.Segment(10, ONE_THREAD)),
        Provenance.of("", 0)
            .trainedFrom(0, TWO_THREADS)
            .trainedFrom(10, ONE_THREAD)
            .trainedFrom(20, ONE_THREAD)
            .segments());
  }

  @Test
  void repeatedStepsCountInTheirLastEnvironment() {
    Provenance resumed =
        Provenance.of("", 0).trainedFrom(0, TWO_THREADS).trainedFrom(10, ONE_THREAD);
    assertEquals(
        List.of(new Provenance.Segment(0, TWO_THREADS)),
        resumed.trainedFrom(10, TWO_THREADS).segments());
    assertEquals(
        List.of(new Provenance.Segment(0, ONE_THREAD)),
        resumed.trainedFrom(0, ONE_THREAD).segments());
  }

  @Test
  void refusesOtherFiles() throws IOException {
    for (String content : List.of("no", "{\"environments\": [3]}", "{\"environments\": [{}]}")) {
      Files.writeString(file, content);
      IOException e = assertThrows(IOException.class, () -> Provenance.read(file));
      assertTrue(e.getMessage().startsWith(file + " is not a run's"), e.getMessage());
    }
  }

  @Test
  void namesDifferencesOfEnvironments() {
    Environment one = new Environment(Map.of("threads", 2, "jars", Map.of("a", Map.of("sha", 1))));
    Environment other = new Environment(Map.of("jars", Map.of("a", Map.of("sha", 2))));
    assertEquals(
        "[jars.a.sha 1 -> 2, threads 2 -> not recorded]",
        one.differences(other).values().toString());
    assertTrue(one.differences(one).isEmpty());
  }
}
