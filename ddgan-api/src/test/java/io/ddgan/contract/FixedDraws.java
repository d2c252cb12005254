package io.ddgan.contract;

import io.ddgan.api.AdaptiveValue;
import io.ddgan.api.Augmentation;
import io.ddgan.api.DataShape;
import io.ddgan.api.Ramp;
import io.ddgan.api.ScheduledValue;
import io.ddgan.random.RandomStreams;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Draws of an augmentation as constants of a graph, equal for equal names. */
public final class FixedDraws implements Augmentation.Draws {

  private final SameDiff sameDiff;
  private final DataType type;
  private final int size;
  private final DataShape shape;
  private final Map<String, SDVariable> drawn = new LinkedHashMap<>();

  /**
   * Creates draws for the examples of a batch.
   *
   * @param type type of the examples
   */
  public FixedDraws(SameDiff sameDiff, DataType type, int size, DataShape shape) {
    this.sameDiff = sameDiff;
    this.type = type;
    this.size = size;
    this.shape = shape;
  }

  /** Sets the values of one draw. */
  public void give(String name, double... values) {
    long[] each = values.length == size ? perExample() : shape.batch(size);
    drawn.put(name, constant(values, each));
  }

  @Override
  public SameDiff sameDiff() {
    return sameDiff;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public DataShape shape() {
    return shape;
  }

  @Override
  public SDVariable uniform(String name) {
    return drawn.computeIfAbsent(
        name, n -> constant(values(size, stream(n)::nextDouble), perExample()));
  }

  @Override
  public SDVariable normal(String name) {
    return normal(name, shape.batch(size));
  }

  /** Returns standard normal numbers in a shape. */
  SDVariable normal(String name, long... each) {
    int count = Math.toIntExact(LongStream.of(each).reduce(1, Math::multiplyExact));
    return drawn.computeIfAbsent(name, n -> constant(values(count, stream(n)::nextGaussian), each));
  }

  /** Returns a possible value: the middle of an adaptive number's range. */
  @Override
  public SDVariable number(String name, ScheduledValue amount) {
    double value =
        amount instanceof AdaptiveValue adaptive
            ? (adaptive.min() + adaptive.max()) / 2
            : ((Ramp) amount).from();
    return sameDiff.constant(Nd4j.scalar(type, value));
  }

  /** Returns the shape of one number per example, which broadcasts over examples. */
  long[] perExample() {
    long[] each = shape.batch(size);
    Arrays.fill(each, 1, each.length, 1);
    return each;
  }

  private static RandomGenerator stream(String name) {
    return new RandomStreams(13).stream(name);
  }

  private static double[] values(int count, DoubleSupplier next) {
    double[] values = new double[count];
    Arrays.setAll(values, i -> next.getAsDouble());
    return values;
  }

  /** Returns values in a shape, in the type of the examples. */
  SDVariable constant(double[] values, long... each) {
    return sameDiff.constant(Nd4j.createFromArray(values).reshape(each).castTo(type));
  }
}
