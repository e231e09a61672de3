import CourseData
import Notebook
import TensorCore

/// What lies next to test pictures by their pixels, by an encoder with random weights, by SimCLR's h.
struct Neighbourhood {
  private let set: PictureSet
  private let pixels, untrained, h: Representation

  /// Draws the random encoder.
  ///
  /// - Parameters:
  ///   - set: the pictures.
  ///   - h: what SimCLR makes of them.
  ///   - width: the channels of the encoder's first block.
  ///   - random: where the random encoder's weights come from.
  init(_ set: PictureSet, _ h: Representation, width: Int, using random: inout Random) {
    self.set = set
    self.h = h
    pixels = Representation(pixelsOf: set.training, set.test)
    let encoder = ResidualEncoder(
      channels: set.training.channels, width: width, using: &random)
    untrained = Representation(encoder, set.training, set.test)
  }

  /// How many classes the five nearest know, by pixels and by h.
  var accuracies: (pixels: Double, h: Double) {
    func accuracy(_ features: Representation) -> Double {
      nearestNeighbourAccuracy(features, set.training.labels, set.test.labels)
    }
    return (accuracy(pixels), accuracy(h))
  }

  /// Test pictures, each with its five nearest training pictures: a row for each and kind of features.
  ///
  /// - Parameter queries: places among the test pictures.
  /// - Returns: the grid; the captions say what a picture shows.
  func grid(of queries: [Int]) -> PictureGrid {
    func shown(_ pictures: Pictures, _ index: Int) -> Notebook.Picture {
      Notebook.Picture(
        pictures.pixels(at: [index]), height: pictures.height, width: pictures.width,
        channels: pictures.channels, caption: pictures.classNames[pictures.labels[index]])
    }
    let kinds = [("pixels", pixels), ("random encoder", untrained), ("SimCLR", h)].map {
      (
        name: $0,
        found: nearestNeighbours(of: $1.test.gather(queries), in: $1.training, k: 5)
      )
    }
    return PictureGrid(
      "A test picture, then its five nearest training pictures",
      rows: queries.indices.flatMap { query in
        kinds.map { kind in
          PictureRow(
            kind.name,
            [shown(set.test, queries[query])] + kind.found[query].map { shown(set.training, $0) })
        }
      })
  }
}
