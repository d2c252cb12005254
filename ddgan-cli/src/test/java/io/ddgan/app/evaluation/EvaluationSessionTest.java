package io.ddgan.app.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ddgan.api.DataShape;
import io.ddgan.api.Examples;
import io.ddgan.eval.ExampleValues;
import io.ddgan.eval.metrics.FrechetDistance;
import io.ddgan.train.data.InMemoryExamples;
import io.ddgan.train.data.Readers;
import io.ddgan.train.evaluation.EvaluationContext;
import io.ddgan.train.evaluation.EvaluationSettings;
import io.ddgan.train.evaluation.Generated;
import io.ddgan.train.evaluation.GivenExamples;
import io.ddgan.train.evaluation.Recorder;
import io.ddgan.train.evaluation.Reference;
import io.ddgan.train.evaluation.RowSource;
import io.ddgan.train.evaluation.records.EvaluationRecord;
import io.ddgan.train.evaluation.records.EvaluationRecord.Machine;
import io.ddgan.train.evaluation.records.EvaluationRecord.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationSessionTest {

  private static final Subject EXAMPLES =
      new Subject(Optional.empty(), "examples", "", Optional.empty(), /* seed= */ 0);

  @TempDir Path cache;

  private final List<EvaluationRecord> found = new ArrayList<>();

  @Test
  void whatWasExtractedIsKeptUntilAllIsMeasured() throws IOException {
    RowSource stopped = (wanted, step, folder, keeper) -> false;
    try (Readers readers = Readers.start();
        EvaluationSession session = begin(readers, /* isStopped= */ false)) {
      Generated examples = new GivenExamples(points(7), readers);
      assertFalse(session.measure(EXAMPLES, examples, Optional.of(stopped)));
      assertFalse(unfinished().isEmpty());
      assertEquals(List.of(), found);
      assertTrue(session.measure(EXAMPLES, examples, Optional.empty()));
      assertEquals(List.of(), unfinished());
      assertEquals("fid", found.get(0).measure().name());
    }
  }

  @Test
  void oneThatIsStoppedBeforeItsFirstSetMeasuresNothing() throws IOException {
    try (Readers readers = Readers.start();
        EvaluationSession session = begin(readers, /* isStopped= */ true)) {
      Generated examples = new GivenExamples(points(7), readers);
      assertFalse(session.measure(EXAMPLES, examples, Optional.empty()));
      assertEquals(List.of(), found);
    }
  }

  private EvaluationSession begin(Readers readers, boolean isStopped) throws IOException {
    EvaluationSettings settings =
        new EvaluationSettings(
            0,
            List.of(new FrechetDistance(100)),
            Optional.empty(),
            new ExampleValues(),
            Optional.empty());
    EvaluationContext context =
        new EvaluationContext(
            cache,
            readers,
            metric -> "fid",
            new Machine("a machine", 2),
            false,
            (what, done, total) -> {},
            () -> isStopped);
    return EvaluationSession.begin(
        settings,
        Reference.of("real", points(11)),
        context,
        Optional.empty(),
        new Recorder(Optional.empty(), found::add),
        false);
  }

  private List<Path> unfinished() throws IOException {
    try (Stream<Path> folders = Files.list(cache.resolve("unfinished"))) {
      return folders.toList();
    }
  }

  private static Examples points(int factor) {
    float[] values = new float[150 * 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = factor * i % 256 / 127.5f - 1;
    }
    return new InMemoryExamples(DataShape.point(2), values, Optional.empty());
  }
}
