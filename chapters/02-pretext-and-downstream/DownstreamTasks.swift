import CourseData
import TensorCore

/// What the frozen features are asked for; each column of the matrix is one.
enum DownstreamTask: String, CaseIterable {
  /// Which of ten things it is: the share of right answers.
  case kind
  /// Where the thing stands across and down: R², the mean of both.
  case place
  /// How large it is: R².
  case size
  /// Which way up it is, when things are turned all the way round: R² of cosine and sine.
  case turn
  /// Its main colour's place on the colour circle: R² of cosine and sine, since 0 and 1 are the same.
  case hue
  /// How many shapes lie about behind it: R².
  case number
  /// Which picture shows the same individual again: the mean average precision.
  case again

  /// The quantities that are predicted of a scene; none for what is no regression.
  func quantities(_ scene: Scene) -> [Float] {
    switch self {
    case .kind, .again: []
    case .place: [scene.x, scene.y]
    case .size: [scene.scale]
    case .turn: [scene.uprightDirection.x, scene.uprightDirection.y]
    case .hue:
      [scene.hueDirection.x, scene.hueDirection.y]
    case .number: [Float(scene.clutterCount)]
    }
  }

  /// The quantities of many scenes, `[scenes.count, quantities]`.
  func targets(_ scenes: some Collection<Scene>) -> Tensor {
    let rows = scenes.map(quantities)
    return Tensor([scenes.count, rows.first?.count ?? 0], rows.flatMap { $0 })
  }
}

/// What one representation is worth for every task.
struct DownstreamScores {
  /// For each task its score.
  private(set) var scores: [DownstreamTask: Double] = [:]
  /// How often the picture that is most alike shows the same individual.
  let recallAtOne: Double

  /// Asks a representation with frozen linear probes.
  ///
  /// - Parameters:
  ///   - features: what the encoder makes of standardised pictures.
  ///   - set: the pictures with their scenes; probes are fitted to `labels` of the training pictures.
  ///   - crowd: the individuals that are to be found again.
  ///   - labels: how many training pictures have all their answers known.
  init(
    _ features: (Variable) -> Variable, _ set: PictureSet, _ crowd: Crowd, labels: Int
  ) {
    let found = crowd.found(by: features, set)
    recallAtOne = found.recallAtOne
    let known = Array(0..<min(labels, set.training.count))
    let representation = Representation(
      training: features(set.x.gather(known)), test: features(set.testX))
    scores[.kind] = representation.probed(
      set.labels(known), set.test.labels, classes: set.classes)
    if let scenes = set.scenes {
      let known = known.map { scenes.training[$0] }
      let tasks: [DownstreamTask] = [.place, .size, .hue, .number]
      scores = Self.regressed(representation, tasks, known, scenes.test).merging(scores) { $1 }
      let turned = set.turnedRound(known.count)
      let ofTurned = Representation(training: features(turned.x), test: features(turned.testX))
      scores[.turn] = Self.regressed(ofTurned, [.turn], turned.scenes, turned.testScenes)[.turn]
    }
    scores[.again] = found.meanAveragePrecision
  }

  /// R² of each task's quantities, all predicted by one regression: its normal equations are the same.
  private static func regressed(
    _ features: Representation, _ tasks: [DownstreamTask], _ scenes: [Scene],
    _ testScenes: [Scene]
  ) -> [DownstreamTask: Double] {
    let widths = tasks.map { $0.quantities(scenes[0]).count }
    func truth(_ scenes: [Scene]) -> Tensor {
      Tensor(
        [scenes.count, widths.reduce(0, +)],
        scenes.flatMap { scene in tasks.flatMap { $0.quantities(scene) } })
    }
    let probe = RidgeProbe(features.training, targets: truth(scenes))
    var r2 = determination(probe(features.test), truth(testScenes))[...]
    var result: [DownstreamTask: Double] = [:]
    for (task, width) in zip(tasks, widths) {
      result[task] = r2.prefix(width).reduce(0, +) / Double(width)
      r2 = r2.dropFirst(width)
    }
    return result
  }

  /// The score of a task.
  subscript(task: DownstreamTask) -> Double { scores[task] ?? .nan }
}

extension PictureSet {
  /// The same scenes with each thing turned all the way round by lot, painted and standardised.
  ///
  /// - Parameter count: how many of the training scenes.
  /// - Returns: the pictures and what they show.
  func turnedRound(_ count: Int) -> (
    x: Variable, scenes: [Scene], testX: Variable, testScenes: [Scene]
  ) {
    var random = Random(seed: seed, stream: 21)
    func turned(_ scenes: [Scene]) -> [Scene] {
      scenes.map { scene in
        var scene = scene
        scene.rotation = random.uniform(0..<360)
        return scene
      }
    }
    let known = turned(Array(scenes?.training.prefix(count) ?? []))
    let others = turned(scenes?.test ?? [])
    let world = PictureWorld(size: training.width)
    return (standardised(world.paint(known)), known, standardised(world.paint(others)), others)
  }
}

/// Individuals of which each has been seen several times.
struct Crowd {
  /// The pictures, all of an individual one after the other.
  let pictures: Pictures
  /// What they show, and of whom.
  let sightings: Sightings

  /// Paints individuals of a world.
  init(individuals: Int, each: Int = 3, of world: PictureWorld, seed: UInt64) {
    sightings = Sightings(individuals: individuals, each: each, of: world, seed: seed)
    pictures = world.paint(sightings.scenes)
  }

  /// How well each individual's first picture finds the others, by the cosine of the features.
  ///
  /// Each feature is brought to mean 0 and deviation 1 over the crowd, so that none counts for its scale.
  func found(by features: (Variable) -> Variable, _ set: PictureSet) -> Retrieval {
    let raw = features(set.standardised(pictures)).detached()
    let centred = raw - raw.mean(axis: 0)
    let deviation = squareRoot(square(centred).mean(axis: 0))
    let h = l2Normalised(centred / (deviation + 1e-3 * deviation.mean() + 1e-12))
    let queries = sightings.places(0)
    let gallery = sightings.identities.indices.filter { $0 % sightings.each != 0 }
    return Retrieval(
      similarities: matmul(h.gather(queries), h.gather(gallery), transposingB: true).value,
      queries: queries.map { sightings.identities[$0] },
      gallery: gallery.map { sightings.identities[$0] })
  }

  /// What guessing reaches.
  var chance: (recallAtOne: Double, meanAveragePrecision: Double) {
    let right = sightings.each - 1
    return Retrieval.chance(gallery: sightings.places(0).count * right, right: right)
  }
}
