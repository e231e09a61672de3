import CourseData
import Notebook
import TensorCore

/// Which patches are alike, by pixels and by towers.
struct Neighbours {
  /// What patches are compared by.
  static let ways = ["pixels", "random tower", "trained tower"]

  private let pictures: Pictures
  private let places: [PatchPlace]
  private let size: Int
  /// `[way][query]`: the places of the nearest patches, without those of the query's own picture.
  private var nearest: [[[Int]]] = []
  private var names: [String?] = []
  /// How often the five nearest show the same part, by way.
  private(set) var purity: [Double] = []
  /// What drawing at random gives.
  private(set) var chance = 0.0

  /// Compares one patch of each test picture, drawn anywhere in it, with those of all others.
  init(_ trained: Localization, _ pictures: Pictures, scenes: [Scene]?, seed: UInt64) {
    var random = Random(seed: seed, stream: 35)
    size = trained.plan.layout.size
    self.pictures = pictures
    let size = size
    places = (0..<pictures.count).flatMap { picture in
      (0..<4).map { _ in
        PatchPlace(
          picture: picture, top: random.integer(below: pictures.height - size + 1),
          left: random.integer(below: pictures.width - size + 1))
      }
    }
    let patches = Variable(pictures.patches(at: places, size: size)).reshaped([places.count, -1])
    let untrained = Localization(
      pictures, LocalizationPlan(layout: trained.plan.layout, steps: 0), seed: seed, title: "")
    let features = [
      patches, untrained.features(pictures, places), trained.features(pictures, places),
    ]
    if let scenes {
      let map = PartMap(scenes, side: pictures.width)
      names = places.map { map.part($0, size: size) }
    }
    for h in features {
      // Each vector is centred by its own mean, as in the paper's normalised correlation.
      let centred = h - h.mean(axis: 1).reshaped([h.shape[0], 1])
      let found = nearestNeighbours(of: centred, in: centred, k: 12)
      nearest.append(
        found.indices.map { query in
          Array(
            found[query].filter { places[$0].picture != places[query].picture }.prefix(5))
        })
    }
    if !names.isEmpty {
      let named = places.indices.filter { names[$0] != nil }
      purity = nearest.map { found in
        let shares = named.map { query in
          Double(found[query].count { names[$0] == names[query] }) / 5
        }
        return shares.reduce(0, +) / Double(max(1, shares.count))
      }
      var counts: [String: Int] = [:]
      for query in named { counts[names[query]!, default: 0] += 1 }
      chance =
        counts.values.reduce(0) { $0 + Double($1 * $1) } / Double(named.count)
        / Double(places.count)
    }
  }

  /// How far, in shares of the picture's side, the nearest patch lies from the query's own place, by way.
  var distances: [Double] {
    nearest.map { found in
      let all = found.indices.compactMap { query -> Double? in
        guard let first = found[query].first else { return nil }
        let (down, across) = (
          Double(places[first].top - places[query].top),
          Double(places[first].left - places[query].left)
        )
        return (down * down + across * across).squareRoot() / Double(pictures.height)
      }
      return all.reduce(0, +) / Double(all.count)
    }
  }

  /// A row for each way: how often the five nearest show the same part of the same kind of thing.
  var table: Table? {
    if names.isEmpty { return nil }
    return Table(
      "Of the five nearest patches, the same part of the same kind",
      columns: [.text("alike by"), .number("share", decimals: 3)],
      rows: [[.text("chance"), .number(chance)]]
        + zip(Neighbours.ways, purity).map { [.text($0), .number($1)] })
  }

  /// Some patches, and beside each the five most like it by every way.
  func grid(queries: Int) -> PictureGrid {
    let named = places.indices.filter { names.isEmpty || names[$0] != nil }
    let chosen = (0..<min(queries, named.count)).map { named[$0 * named.count / queries] }
    return PictureGrid(
      "The patch on the left, and the five most like it",
      rows: chosen.flatMap { query in
        Neighbours.ways.indices.map { way in
          PictureRow(
            Neighbours.ways[way],
            ([query] + nearest[way][query]).map { patch($0) })
        }
      })
  }

  private func patch(_ index: Int) -> Notebook.Picture {
    Notebook.Picture(
      pictures.patches(at: [places[index]], size: size).numbers, height: size, width: size,
      channels: 3)
  }
}

/// Some pictures of which the network is surest, and beside each where its answers come from.
func lookingAt(_ trained: Localization, _ pictures: Pictures, count: Int) -> PictureGrid {
  let side = pictures.width
  let some = 0..<min(60, pictures.count)
  let sure = some.map { meanSureness(trained, pictures, $0) }
  let best = some.sorted { sure[$0] > sure[$1] }.prefix(count)
  return PictureGrid(
    "What the answers depend on, bright for much",
    rows: [
      PictureRow(
        "the pictures",
        best.map {
          Notebook.Picture(pictures.pixels(at: [$0]), height: side, width: side, channels: 3)
        }),
      PictureRow(
        "the pixels that move the answer",
        best.map { index in
          let map = sensitivity(trained, pictures, index)
          let most = max(map.max() ?? 0, 1e-12)
          return Notebook.Picture(
            map.map { $0 / most }, height: side, width: side, channels: 1)
        }),
    ])
}

/// The mean probability of the answers about a picture.
private func meanSureness(_ trained: Localization, _ pictures: Pictures, _ index: Int) -> Float {
  let judged = Judged(trained, pictures[[index]], count: 64, seed: 5)
  return judged.sureness.reduce(0, +) / Float(judged.sureness.count)
}

/// Where the answer comes from: how strongly each pixel moves the probability of what is said.
func sensitivity(_ trained: Localization, _ pictures: Pictures, _ index: Int) -> [Float] {
  var random = Random(seed: 5, stream: 36 + index)
  let one = pictures[[index]]
  let (size, side) = (trained.plan.layout.size, pictures.width)
  let pairs = trained.plan.layout.pairs(128, of: one, using: &random)
  let places = pairs.map(\.middle) + pairs.map(\.neighbour)
  let seen = seenPatches(one, places, trained.plan, isTraining: false, using: &random)
  let patches = Variable(seen.value, needsGradient: true)
  trained.network.setTraining(false)
  let logits = trained.network(patches)
  let answers = softmax(logits.detached()).value.numbersByRow.map { row in
    row.indices.max { row[$0] < row[$1] }!
  }
  crossEntropy(logits, answers).backward()
  let gradient = patches.gradient!.numbers
  var sums = [Float](repeating: 0, count: side * side)
  var counts = [Float](repeating: 0, count: side * side)
  for (index, place) in places.enumerated() {
    for y in 0..<size {
      for x in 0..<size {
        let at = ((index * size + y) * size + x) * 3
        let pixel = (place.top + y) * side + place.left + x
        sums[pixel] += abs(gradient[at]) + abs(gradient[at + 1]) + abs(gradient[at + 2])
        counts[pixel] += 1
      }
    }
  }
  return zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
}
