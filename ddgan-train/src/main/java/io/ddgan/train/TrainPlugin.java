package io.ddgan.train;

import static io.ddgan.plugin.ComponentKind.DATA;
import static io.ddgan.plugin.ComponentKind.EXECUTOR;
import static io.ddgan.plugin.ComponentKind.LISTENER;
import static io.ddgan.plugin.ComponentKind.OPTIMISER;
import static io.ddgan.plugin.ComponentKind.REPRESENTATION;

import io.ddgan.plugin.Components;
import io.ddgan.plugin.DdganPlugin;
import io.ddgan.train.data.Cifar10;
import io.ddgan.train.data.Contaminated;
import io.ddgan.train.data.CsvPoints;
import io.ddgan.train.data.FashionMnist;
import io.ddgan.train.data.Gaussians25;
import io.ddgan.train.data.ImageFolder;
import io.ddgan.train.data.Lmdb;
import io.ddgan.train.data.Mnist;
import io.ddgan.train.data.NpzArray;
import io.ddgan.train.data.StackedMnist;
import io.ddgan.train.listener.TensorBoard;
import io.ddgan.train.optimiser.Adam;
import io.ddgan.train.optimiser.AdamW;
import io.ddgan.train.optimiser.Sgd;
import io.ddgan.train.representation.Haar;
import io.ddgan.train.representation.Identity;

/** The data sets, representations, optimisers and listeners. */
public final class TrainPlugin extends DdganPlugin {

  public TrainPlugin() {
    super(API_VERSION);
  }

  @Override
  public String name() {
    return "ddgan-train";
  }

  @Override
  protected void components(Components components) {
    components.add(
        DATA, "cifar-10", "50,000 colour images in ten classes (Krizhevsky, 2009)", Cifar10.class);
    components.add(
        DATA,
        "contaminated",
        "A data set with outliers from another one mixed in (Dao et al., 2024)",
        Contaminated.class);
    components.add(
        DATA,
        "fashion-mnist",
        "70,000 greyscale images of clothing (Xiao et al., 2017), padded",
        FashionMnist.class);
    components.add(
        DATA, "gaussians-25", "Points around a 5x5 grid of Gaussians", Gaussians25.class);
    components.add(
        DATA, "image-folder", "Images in a folder and its subfolders", ImageFolder.class);
    components.add(DATA, "lmdb", "Images in an LMDB database such as LSUN", Lmdb.class);
    components.add(
        DATA,
        "mnist",
        "60,000 greyscale images of digits (LeCun et al., 1998), padded",
        Mnist.class);
    components.add(DATA, "npz", "Examples in a NumPy .npz file", NpzArray.class);
    components.add(DATA, "points", "Points from a CSV file", CsvPoints.class);
    components.add(
        DATA,
        "stacked-mnist",
        "Three greyscale images as the channels of one (Metz et al., 2017)",
        StackedMnist.class);
    components.add(REPRESENTATION, "identity", "The unchanged data", Identity.class);
    components.add(
        REPRESENTATION,
        "haar",
        "Haar wavelets: more channels, fewer pixels (Phung et al., 2023)",
        Haar.class);
    components.add(OPTIMISER, "adam", "Adam (Kingma and Ba, 2015)", Adam.class);
    components.add(
        OPTIMISER,
        "adamw",
        "Adam with decoupled weight decay (Loshchilov and Hutter, 2019)",
        AdamW.class);
    components.add(OPTIMISER, "sgd", "Stochastic gradient descent with momentum", Sgd.class);
    components.add(
        EXECUTOR, "nd4j", "ND4J's own operations, on every platform", Nd4jExecutor.class);
    components.add(
        LISTENER,
        "tensorboard",
        "TensorBoard event files of metrics and sample grids",
        TensorBoard.class);
  }
}
