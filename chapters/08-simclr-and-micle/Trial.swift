import CourseData
import TensorCore

/// What one contrastive pre-training is made of; a run changes one thing and keeps the others.
struct Recipe {
  /// Steps, batch, rate, temperature, optimizer and loss.
  var plan: ContrastivePlan
  /// The channels of the encoder's first block.
  var width = 16
  /// What stands between h and the loss.
  var head = ProjectionKind.nonLinear
  /// How the two views of a picture come about.
  var augmentation = AugmentationSequence.forThings

  /// The same recipe with something changed.
  func with(_ change: (inout Recipe) -> Void) -> Recipe {
    var recipe = self
    change(&recipe)
    return recipe
  }
}

/// One contrastive pre-training from random weights, and what became of it.
struct Trial {
  /// The trained encoder and head.
  let model: ContrastiveModel
  /// Its losses, accuracies and times.
  let trace: PretrainingTrace
  /// h of the set's pictures.
  let h: Representation
  /// The test accuracy of a linear probe on h, with all labels.
  let probe: Double
  /// The same on g(h), which is what the loss saw, before it is brought to length 1.
  let projectedProbe: Double

  /// Trains on a set's pictures, whose labels only the probe at the end sees.
  ///
  /// - Parameters:
  ///   - recipe: what it is made of.
  ///   - set: the pictures.
  ///   - title: what the progress line says.
  ///   - observe: looks at the model on the way; see `pretrain`.
  /// - Throws: `ContrastiveError`.
  init(
    _ recipe: Recipe, _ set: PictureSet, title: String,
    observe: (_ model: ContrastiveModel, _ step: Int) -> Void = { _, _ in }
  ) throws {
    var random = Random(seed: set.seed)
    let model = ContrastiveModel(
      channels: set.training.channels, width: recipe.width, kind: recipe.head, using: &random)
    let pairs = try ViewPairs(set.training, recipe.augmentation, batch: recipe.plan.batch)
    trace = try pretrain(model, plan: recipe.plan, seed: set.seed, title: title) { _, random in
      pairs.next(using: &random)
    } observe: {
      observe(model, $0)
    }
    self.model = model
    h = Representation(model.encoder, set.training, set.test)
    probe = h.probed(set)
    projectedProbe = h.through(model.head).probed(set)
  }
}

/// A trial of a recipe on a set, as a comparison asks for it.
func simCLRTrial(_ name: String, _ recipe: Recipe, _ set: PictureSet) throws -> Trial {
  try Trial(recipe, set, title: name)
}

extension PictureWorld {
  /// The chapter's things: nearly upright, of more sizes than in chapter 1.
  static var things: PictureWorld {
    PictureWorld(size: 24, factors: .plain(scale: 0.7...0.95))
  }
}

extension Representation {
  /// The test accuracy of a linear probe when one in `share` of the training pictures has a label.
  func probed(_ set: PictureSet, share: Double = 1) -> Double {
    probed(
      set.training.labels, set.test.labels, classes: set.classes,
      labelled: set.labelled(share: share))
  }
}
