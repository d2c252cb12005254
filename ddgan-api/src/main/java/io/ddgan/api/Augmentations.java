package io.ddgan.api;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Augmentations one after the other, on the examples of a batch. */
public final class Augmentations {

  /** What the draws and the columns of the first are named; the others have numbers, from 2 on. */
  public static final String NAME = "augmentation";

  private Augmentations() {}

  /**
   * Augments examples {@code [N, ...shape]}; gives them as they are if there are no augmentations.
   */
  public static SDVariable of(Batch batch, List<Augmentation> augmentations, SDVariable x) {
    SDVariable augmented = x;
    for (int i = 0; i < augmentations.size(); i++) {
      Augmentation augmentation = augmentations.get(i);
      String name = i == 0 ? NAME : NAME + "-" + (i + 1);
      augmented = augmentation.of(augmented, new BatchDraws(batch, name));
    }
    return augmented;
  }

  /** Draws of a batch under the name of an augmentation. */
  private record BatchDraws(Batch batch, String name) implements Augmentation.Draws {

    @Override
    public SameDiff sameDiff() {
      return batch.sameDiff();
    }

    @Override
    public int size() {
      return batch.size();
    }

    @Override
    public DataShape shape() {
      return batch.shape();
    }

    @Override
    public SDVariable uniform(String draw) {
      return batch.uniform(name + "/" + draw);
    }

    @Override
    public SDVariable normal(String draw) {
      return batch.normal(name + "/" + draw);
    }

    @Override
    public SDVariable number(String key, ScheduledValue amount) {
      return batch.number(name + "-" + key, amount);
    }
  }
}
