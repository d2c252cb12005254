package io.ddgan.train;

import static io.ddgan.plugin.ComponentKind.DATA;
import static io.ddgan.plugin.ComponentKind.EXECUTOR;
import static io.ddgan.plugin.ComponentKind.LISTENER;
import static io.ddgan.plugin.ComponentKind.OPTIMISER;
import static io.ddgan.plugin.ComponentKind.REPRESENTATION;

import io.ddgan.plugin.Contributions;
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
  protected void contribute(Contributions contributions) {
    contributions.add(
        DATA, "cifar-10", "50,000 colour images in ten classes (Krizhevsky, 2009)", Cifar10.class);
    contributions.add(
        DATA,
        "contaminated",
        "A data set with outliers from another one mixed in (Dao et al., 2024)",
        Contaminated.class);
    contributions.add(
        DATA,
        "fashion-mnist",
        "70,000 greyscale images of clothing (Xiao et al., 2017), padded",
        FashionMnist.class);
    contributions.add(
        DATA, "gaussians-25", "Points around a 5x5 grid of Gaussians", Gaussians25.class);
    contributions.add(
        DATA, "image-folder", "Images in a folder and its subfolders", ImageFolder.class);
    contributions.add(DATA, "lmdb", "Images in an LMDB database such as LSUN", Lmdb.class);
    contributions.add(
        DATA,
        "mnist",
        "60,000 greyscale images of digits (LeCun et al., 1998), padded",
        Mnist.class);
    contributions.add(DATA, "npz", "Examples in a NumPy .npz file", NpzArray.class);
    contributions.add(DATA, "points", "Points from a CSV file", CsvPoints.class);
    contributions.add(
        DATA,
        "stacked-mnist",
        "Three greyscale images as the channels of one (Metz et al., 2017)",
        StackedMnist.class);
    contributions.add(REPRESENTATION, "identity", "The unchanged data", Identity.class);
    contributions.add(
        REPRESENTATION,
        "haar",
        "Haar wavelets: more channels, fewer pixels (Phung et al., 2023)",
        Haar.class);
    contributions.add(OPTIMISER, "adam", "Adam (Kingma and Ba, 2015)", Adam.class);
    contributions.add(
        OPTIMISER,
        "adamw",
        "Adam with decoupled weight decay (Loshchilov and Hutter, 2019)",
        AdamW.class);
    contributions.add(OPTIMISER, "sgd", "Stochastic gradient descent with momentum", Sgd.class);
    contributions.add(
        EXECUTOR, "nd4j", "ND4J's own operations, on every platform", Nd4jExecutor.class);
    contributions.add(
        LISTENER,
        "tensorboard",
        "TensorBoard event files of metrics and sample grids",
        TensorBoard.class);
  }
}
