import TensorCore

/// A linear probe: one linear layer on features that stay as they are.
///
/// How well it does says what the features already hold; a layer so simple cannot add much of its own.
struct LinearProbe {
  private let mean: Variable
  private let scale: Variable
  private let layer: Linear

  /// Fits the layer to labelled features, all of them in each of `steps` updates.
  ///
  /// - Parameters:
  ///   - features: the features of all training pictures, `[count, width]`. Labels are not needed to
  ///     bring each feature to mean 0 and deviation 1, so all pictures take part in that.
  ///   - labelled: the places of the labelled ones.
  ///   - labels: their labels.
  ///   - classes: the number of classes.
  ///   - steps: the number of updates.
  init(
    _ features: Variable, labelled: [Int], labels: [Int], classes: Int, steps: Int = 200
  ) {
    mean = features.mean(axis: 0)
    scale = 1 / (squareRoot(square(features - mean).mean(axis: 0)) + 1e-3)
    // From zero, so that what no label speaks for stays undecided.
    let layer = Linear(
      weight: Variable(Tensor([features.shape[1], classes], fill: 0), needsGradient: true),
      bias: Variable(Tensor([classes], fill: 0), needsGradient: true))
    self.layer = layer
    let x = (features.gather(labelled) - mean) * scale
    let optimizer = AdamW(layer.parameters, learningRate: 3e-3, weightDecay: 0.1)
    for _ in 0..<steps {
      optimizer.clearGradients()
      crossEntropy(layer(x), labels).backward()
      optimizer.step()
    }
  }

  /// The most likely class of each row of features `[count, width]`.
  func predictions(_ features: Variable) -> [Int] {
    withoutGradient { layer((features - mean) * scale) }.value.indicesOfMaximum()
  }
}

/// Features of a set's pictures that no probe changes: from pixels, or from a frozen encoder.
struct FrozenFeatures {
  /// Of the training pictures, `[count, width]`.
  let training: Variable
  /// Of the test pictures.
  let test: Variable

  /// The pixels themselves.
  init(pixelsOf set: PictureSet) {
    training = set.x.reshaped([set.x.shape[0], -1])
    test = set.testX.reshaped([set.testX.shape[0], -1])
  }

  /// What a frozen encoder makes of the pictures.
  init(_ encoder: Encoder, _ set: PictureSet) {
    training = encoder.frozenFeatures(set.x)
    test = encoder.frozenFeatures(set.testX)
  }

  /// The test accuracy of a linear probe with `count` labels.
  func probed(_ set: PictureSet, labels count: Int) -> Double {
    let labelled = set.labelled(count)
    let probe = LinearProbe(
      training, labelled: labelled, labels: set.labels(labelled), classes: set.classes)
    return accuracy(probe.predictions(test), set.test.labels)
  }
}
