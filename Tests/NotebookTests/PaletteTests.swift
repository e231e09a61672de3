import Foundation
import Testing

@testable import Notebook

@Suite struct PaletteTests {
  @Test func `every colour of a figure stands out from its ground`() {
    // WCAG 2.2: 3 : 1 for shapes (1.4.11), 4.5 : 1 for text (1.4.3).
    for colour in Palette.onPaper { #expect(colour.contrast(with: Palette.paper) >= 3) }
    for colour in Palette.atNight { #expect(colour.contrast(with: Palette.night) >= 3) }
    for colour in [Palette.ink, Palette.muted] {
      #expect(colour.contrast(with: Palette.paper) >= 4.5)
    }
    for colour in [Palette.inkAtNight, Palette.mutedAtNight] {
      #expect(colour.contrast(with: Palette.night) >= 4.5)
    }
    for colour in Palette.onTerminal {
      #expect(colour.contrast(with: Colour(0xFFFFFF)) >= 3)
      #expect(colour.contrast(with: Colour(0)) >= 3)
    }
  }

  @Test func `every colour of code can be read on its ground`() {
    for colour in Highlighter.paperColours.values {
      #expect(colour.contrast(with: Highlighter.paperGround) >= 4.5)
    }
    for colour in Highlighter.nightColours.values {
      #expect(colour.contrast(with: Highlighter.nightGround) >= 4.5)
    }
  }

  @Test func `any two colours stay apart for readers who see fewer of them`() {
    for palette in [Palette.onPaper, Palette.atNight] {
      for vision in Vision.allCases {
        for first in palette.indices {
          for second in palette.indices where second > first {
            let distance = vision.distance(palette[first], palette[second])
            #expect(distance >= 7, "\(vision): \(palette[first].code) \(palette[second].code)")
          }
        }
      }
    }
  }

  @Test func `the numbers in the cells of a heatmap can be read`() {
    for values in [[0.0, 1], [-1, 1]] {
      let scale = ColourScale(values: values, range: nil)
      for step in 0...20 {
        let value = scale.lower + (scale.upper - scale.lower) * Double(step) / 20
        #expect(scale.ink(on: value).contrast(with: scale.colour(value)) >= 4.5)
      }
    }
  }

  @Test func `a scale grows darker with the distance from its beginning`() {
    let scale = ColourScale(values: [0, 1], range: nil)
    let brightness = (0...10).map { scale.colour(Double($0) / 10).luminance }
    #expect(brightness == brightness.sorted(by: >))
  }
}

/// How a reader sees colours: the matrices of Machado, Oliveira and Fernandes (2009) at full severity.
private enum Vision: CaseIterable {
  case all, withoutRed, withoutGreen, withoutBlue

  var matrix: [[Double]] {
    switch self {
    case .all: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    case .withoutRed:
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    case .withoutGreen:
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    case .withoutBlue:
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    }
  }

  /// The distance in Oklab, times 100.
  func distance(_ first: Colour, _ second: Colour) -> Double {
    let (a, b) = (seen(first), seen(second))
    return 100 * zip(a, b).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
  }

  private func seen(_ colour: Colour) -> [Double] {
    let linear = [colour.red, colour.green, colour.blue].map { part -> Double in
      let share = Double(part) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
      matrix.map { row in zip(row, vector).map(*).reduce(0, +) }
    }
    let light = product(matrix, linear).map { min(1, max(0, $0)) }
    let cones = product(
      [
        [0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
      ], light
    ).map { cbrt($0) }
    return product(
      [
        [0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
      ], cones)
  }
}
