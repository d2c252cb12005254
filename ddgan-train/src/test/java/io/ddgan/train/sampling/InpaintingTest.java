package io.ddgan.train.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ddgan.api.DataShape;
import io.ddgan.api.DiffusionProcess.Scales;
import io.ddgan.api.Network;
import io.ddgan.api.Objective;
import io.ddgan.api.Parts;
import io.ddgan.api.Phase;
import io.ddgan.api.RefusedException;
import io.ddgan.api.Representation;
import io.ddgan.api.Sampler.Evaluation;
import io.ddgan.contract.SmallParts;
import io.ddgan.engine.Engine;
import io.ddgan.graph.ParameterSet;
import io.ddgan.random.RandomStreams;
import io.ddgan.train.data.MaskedImage;
import io.ddgan.train.experiment.Coding;
import io.ddgan.train.phase.ModelDefinition;
import io.ddgan.train.representation.Haar;
import io.ddgan.train.representation.Identity;
import java.util.Arrays;
import java.util.BitSet;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Inpainting with a generator of random weights, which looks at all pixels. */
class InpaintingTest {

  private static final DataShape SHAPE = DataShape.image(1, 4, 4);
  private static final int SIZE = 16;
  private static final float KEPT = 0.5f;
  private static final RandomStreams RANDOM = new RandomStreams(5);

  static Stream<Representation> representations() {
    return Stream.of(new Identity(), new Haar(1, 0.5), new Haar(2, 1));
  }

  @ParameterizedTest
  @MethodSource("representations")
  void whatIsKeptIsThePictureToTheLastBitAndTheRestIsNot(Representation representation) {
    float[] results = inpaint(representation, upper(), new Resampling(3, 1), 3, 5);
    float[] picture = upper().values();
    for (int i = 0; i < results.length; i++) {
      if (i % SIZE < SIZE / 2) {
        assertNotEquals(picture[i % SIZE], results[i], "made");
      } else {
        assertEquals(picture[i % SIZE], results[i], 0, "kept");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("representations")
  void whereAllIsMadeTheResultIsAPlainSample(Representation representation) {
    float[] results = inpaint(representation, masked(0, SIZE), Resampling.none(), 3, 5);
    try (Fixture fixture = new Fixture(representation, 3)) {
      assertArrayEquals(fixture.synthesis.sample(RANDOM, 0, 5), results, 1e-4f);
    }
  }

  @Test
  void whereAllIsMadeOfPixelsTheResultIsAPlainSampleToTheLastBit() {
    float[] results = inpaint(new Identity(), masked(0, SIZE), Resampling.none(), 3, 5);
    try (Fixture fixture = new Fixture(new Identity(), 3)) {
      assertArrayEquals(fixture.synthesis.sample(RANDOM, 0, 5), results);
    }
  }

  @Test
  void aResultDependsOnTheSeedAndItsNumberWhateverTheBatch() {
    Resampling resampling = new Resampling(2, 2);
    float[] five = inpaint(new Haar(1, 0.5), upper(), resampling, 3, 5);
    assertArrayEquals(five, inpaint(new Haar(1, 0.5), upper(), resampling, 3, 5));
    assertArrayEquals(five, inpaint(new Haar(1, 0.5), upper(), resampling, 2, 5), 1e-5f);
    assertArrayEquals(
        Arrays.copyOf(five, 2 * SIZE), inpaint(new Haar(1, 0.5), upper(), resampling, 3, 2), 1e-5f);
  }

  @Test
  void whatIsMadeDependsOnWhatIsKept() {
    float[] one = inpaint(new Identity(), upper(), Resampling.none(), 3, 1);
    float[] negative = upper().values();
    IntStream.range(0, SIZE).forEach(i -> negative[i] = -negative[i]);
    MaskedImage other = MaskedImage.of(SHAPE, negative, made(0, SIZE / 2));
    float[] another = inpaint(new Identity(), other, Resampling.none(), 3, 1);
    IntStream.range(0, SIZE / 2).forEach(i -> assertNotEquals(one[i], another[i]));
  }

  @Test
  void repetitionChangesOnlyWhatIsMade() {
    float[] once = inpaint(new Identity(), upper(), Resampling.none(), 3, 1);
    float[] often = inpaint(new Identity(), upper(), new Resampling(4, 1), 3, 1);
    IntStream.range(0, SIZE / 2).forEach(i -> assertNotEquals(once[i], often[i]));
    IntStream.range(SIZE / 2, SIZE).forEach(i -> assertEquals(once[i], often[i]));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "2, 1"})
  void theKeptPartHasSignalAndNoiseOfTheTimeOfEachEvaluation(int representation, double unit) {
    int count = 2000;
    try (Fixture fixture = new Fixture(representations().toList().get(representation), 100)) {
      KnownPart known = fixture.known(upper(), new Resampling(2, 1));
      DoubleSummaryStatistics[] values = new DoubleSummaryStatistics[3];
      DoubleSummaryStatistics[] squares = new DoubleSummaryStatistics[3];
      Arrays.setAll(values, i -> new DoubleSummaryStatistics());
      Arrays.setAll(squares, i -> new DoubleSummaryStatistics());
      int[] order = known.order();
      float[] unused =
          fixture.synthesis.follow(
              order,
              count,
              k -> fixture.synthesis.drawn(RANDOM, Synthesis.SAMPLE, k, Optional.empty()),
              (done, first, x) -> {
                known.reached(done, first, x);
                if (done > 0 && done < order.length) {
                  for (float kept : kept(fixture.coding.decode(x))) {
                    values[order[done]].accept(kept);
                    squares[order[done]].accept(kept * kept);
                  }
                }
              },
              (what, done, total) -> {});
      for (int i : new int[] {1, 2}) {
        Scales scales = fixture.parts.process().fromData(fixture.path.get(i).t() + 1);
        double mean = values[i].getAverage();
        assertEquals(scales.signal() * KEPT, mean, 0.05, "signal of evaluation " + i);
        assertEquals(
            unit * scales.noise(),
            Math.sqrt(squares[i].getAverage() - mean * mean),
            0.05,
            "noise of evaluation " + i);
      }
    }
  }

  private static float[] kept(float[] images) {
    float[] kept = new float[images.length / 2];
    for (int i = 0; i < kept.length; i += SIZE / 2) {
      System.arraycopy(images, 2 * i + SIZE / 2, kept, i, SIZE / 2);
    }
    return kept;
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    try (Fixture fixture = new Fixture(new Identity(), 2)) {
      String message =
          assertThrows(
                  RefusedException.class,
                  () ->
                      KnownPart.of(
                          upper(),
                          fixture.coding,
                          fixture.parts.process(),
                          fixture.path.subList(0, 1),
                          new Resampling(2, 1),
                          RANDOM))
              .getMessage();
      assertEquals(
          "examples of one evaluation of the generator are made at once and cannot be made to suit a picture; --mask needs a run, or a sampler, of two steps or more",
          message);
    }
  }

  @Test
  void aRepresentationThatLosesWhatItDecodesIsRefused() {
    String message =
        assertThrows(
                RefusedException.class,
                () -> inpaint(new Clipped(), upper(), Resampling.none(), 3, 1))
            .getMessage();
    assertEquals(
        "the representation Clipped[] loses what is not an image, so that no part of it can be kept; use --mask with a run of another representation",
        message);
  }

  private static MaskedImage upper() {
    return masked(0, SIZE / 2);
  }

  private static MaskedImage masked(int from, int to) {
    float[] values = new float[SIZE];
    Arrays.fill(values, KEPT);
    return MaskedImage.of(SHAPE, values, made(from, to));
  }

  private static BitSet made(int from, int to) {
    BitSet made = new BitSet();
    made.set(from, to);
    return made;
  }

  private static float[] inpaint(
      Representation representation,
      MaskedImage image,
      Resampling resampling,
      int batch,
      int count) {
    try (Fixture fixture = new Fixture(representation, batch)) {
      return fixture.synthesis.inpaint(
          image, resampling, RANDOM, count, Optional.empty(), (what, done, total) -> {});
    }
  }

  private static final class Fixture implements AutoCloseable {

    private final Parts parts = new SmallParts(List.of());
    private final List<Evaluation> path =
        Stream.of(2, 1, 0)
            .map(t -> new Evaluation(t, parts.reverse().at(parts.process(), t)))
            .toList();
    private final Coding coding;
    private final ParameterSet weights;
    private final Synthesis synthesis;

    Fixture(Representation representation, int batch) {
      coding = new Coding(representation, SHAPE);
      ModelDefinition model =
          new ModelDefinition(
              new GeneratorAlone(), parts, Map.of(), Engine.nd4j(), coding.encoded(), 0, batch);
      weights =
          ParameterSet.initialised(
              model.generatorLayout(), DataType.FLOAT, Objective.GENERATOR, RANDOM);
      synthesis = new Synthesis(model, coding, path, weights);
    }

    KnownPart known(MaskedImage image, Resampling resampling) {
      return KnownPart.of(image, coding, parts.process(), path, resampling, RANDOM);
    }

    @Override
    public void close() {
      synthesis.close();
      weights.close();
    }
  }

  private record GeneratorAlone() implements Objective {

    @Override
    public Map<String, Network> networks(Parts parts) {
      return Map.of(GENERATOR, parts.generator());
    }

    @Override
    public List<Phase> phases(Parts parts) {
      return List.of();
    }
  }

  /** Numbers that an image cannot have are cut off. */
  private record Clipped() implements Representation {

    @Override
    public DataShape shape(DataShape data) {
      return data;
    }

    @Override
    public float[] encode(DataShape data, float[] example) {
      return example.clone();
    }

    @Override
    public float[] decode(DataShape data, float[] encoded) {
      float[] decoded = encoded.clone();
      for (int i = 0; i < decoded.length; i++) {
        decoded[i] = Math.min(Math.max(decoded[i], -1), 1);
      }
      return decoded;
    }
  }
}
