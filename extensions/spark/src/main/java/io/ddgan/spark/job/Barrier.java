package io.ddgan.spark.job;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.runtime.AbstractFunction1;

/** Trials that need each other, as a barrier stage: all of its tasks run at once, or none. */
final class Barrier {

  /**
   * What Spark says of a stage that has lost a task. It does not start it again, as others may have
   * told already what they have come to.
   */
  private static final String LOST = "Could not recover from a failed barrier";

  private Barrier() {}

  /** Whether a job's error is that a task, or its executor, was lost. */
  static boolean isTaskLost(String error) {
    return error.contains(LOST);
  }

  /** Runs each order. */
  static JavaFutureAction<List<Integer>> collect(
      JavaSparkContext spark, List<Order> orders, TrialTask task) {
    ClassTag<Integer> tag = scala.reflect.ClassTag$.MODULE$.apply(Integer.class);
    RDD<Integer> codes =
        spark
            .parallelize(orders, orders.size())
            .rdd()
            .barrier()
            .mapPartitions(new Task(task), false, tag);
    return JavaRDD.fromRDD(codes, tag).collectAsync();
  }

  private static final class Task extends AbstractFunction1<Iterator<Order>, Iterator<Integer>>
      implements Serializable {

    private static final long serialVersionUID = 1L;

    private final TrialTask task;

    Task(TrialTask task) {
      this.task = task;
    }

    @Override
    public Iterator<Integer> apply(Iterator<Order> orders) {
      try {
        int code = task.call(orders.next());
        return CollectionConverters.asScala(List.of(code).iterator());
      } catch (Exception e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }
  }
}
