package io.dragoman.datasource.sandbox;

import io.dragoman.datasource.q.Doubles;
import io.dragoman.datasource.q.Items;
import io.dragoman.datasource.q.Longs;
import io.dragoman.datasource.q.Names;
import io.dragoman.datasource.q.QFormat;
import io.dragoman.datasource.q.QType;
import io.dragoman.datasource.q.QValue;
import io.dragoman.datasource.q.Table;
import io.dragoman.datasource.q.Text;
import io.dragoman.datasource.q.Vector;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The sample world of market data: made up from the date alone, so that a day's trades are the same whenever they are looked
 * at. Every day is a trading day, today's is complete, and times are the exchange's.
 */
final class MarketsWorld {

    /** Days with trades, quotes and orders, today included. */
    static final int DAYS = 10;
    /** Days with daily bars, today included. */
    static final int BARS = 400;
    private static final int TRADES = 45;
    private static final int QUOTES = 90;
    private static final int ORDERS = 40;
    private static final long SEED = 0x6d61726b657473L;
    private static final int OPEN_MS = 9 * 3_600_000 + 30 * 60_000;
    private static final int SESSION_MS = 6 * 3_600_000 + 30 * 60_000;

    private static final List<Instrument> INSTRUMENTS = List.of(
            new Instrument("AAPL", "Apple", "Technology", "equity", "USD", "Q", 100, 0.01, 15_200_000_000L, 230),
            new Instrument("MSFT", "Microsoft", "Technology", "equity", "USD", "Q", 100, 0.01, 7_430_000_000L, 430),
            new Instrument("GOOG", "Alphabet", "Technology", "equity", "USD", "Q", 100, 0.01, 12_200_000_000L, 180),
            new Instrument("AMZN", "Amazon", "Consumer", "equity", "USD", "Q", 100, 0.01, 10_500_000_000L, 200),
            new Instrument("NVDA", "NVIDIA", "Technology", "equity", "USD", "Q", 100, 0.01, 24_500_000_000L, 140),
            new Instrument("TSLA", "Tesla", "Automotive", "equity", "USD", "Q", 100, 0.01, 3_200_000_000L, 320),
            new Instrument("IBM", "IBM", "Technology", "equity", "USD", "N", 100, 0.01, 925_000_000L, 210),
            new Instrument("JPM", "JPMorgan Chase", "Financials", "equity", "USD", "N", 100, 0.01, 2_820_000_000L, 240),
            new Instrument("XOM", "Exxon Mobil", "Energy", "equity", "USD", "N", 100, 0.01, 4_400_000_000L, 115),
            new Instrument("SPY", "SPDR S&P 500", "Financials", "etf", "USD", "N", 100, 0.01, 920_000_000L, 590),
            new Instrument("VOD", "Vodafone", "Telecom", "equity", "GBP", "L", 1, 0.0001, 26_000_000_000L, 0.72),
            new Instrument("BMW", "BMW", "Automotive", "equity", "EUR", "X", 1, 0.02, 602_000_000L, 75));

    private record Instrument(String sym, String name, String sector, String assetClass, String currency, String exchange,
            long lot, double tick, long shares, double base) {

        /** What it is about worth on a day. */
        double level(long day) {
            double wave = 0.08 * Math.sin(day / 41.0 + sym.hashCode() % 7) + 0.03 * Math.sin(day / 9.0 + sym.hashCode() % 5);
            return base * (1 + wave + 0.01 * new SplittableRandom(SEED ^ day * 31 ^ sym.hashCode()).nextDouble(-1, 1));
        }

        double rounded(double price) {
            return Math.round(Math.round(price / tick) * tick * 1e6) / 1e6;
        }
    }

    private MarketsWorld() {
    }

    /** The tables as they are on a day. */
    static World on(LocalDate today) {
        long last = QFormat.days(today);
        Columns trade = new Columns("date:d time:t sym:s price:f size:j side:s exch:s cond:s");
        Columns quote = new Columns("date:d time:t sym:s bid:f ask:f bsize:j asize:j exch:s");
        Columns orders = new Columns("date:d time:t orderid:s sym:s side:s ordertype:s qty:j filled:j limitprice:f status:s trader:s");
        Columns daily = new Columns("date:d sym:s open:f high:f low:f close:f volume:j vwap:f turnover:f");
        for (long day = last - BARS + 1; day <= last; day++) {
            boolean shown = day > last - DAYS;
            List<Object[]> trades = new ArrayList<>();
            List<Object[]> quotes = new ArrayList<>();
            for (Instrument instrument : INSTRUMENTS) {
                List<Object[]> own = trades(instrument, day);
                daily.add(bar(instrument, day, own));
                if (shown) {
                    trades.addAll(own);
                    quotes.addAll(quotes(instrument, day));
                }
            }
            byTime(trades).forEach(trade::add);
            byTime(quotes).forEach(quote::add);
            if (shown) {
                byTime(orders(day)).forEach(orders::add);
            }
        }
        Map<String, Table> tables = new LinkedHashMap<>();
        tables.put("trade", trade.table());
        tables.put("quote", quote.table());
        tables.put("instrument", instruments());
        tables.put("exch", exchanges());
        tables.put("daily", daily.table());
        tables.put("orders", orders.table());
        return new World(tables);
    }

    private static List<Object[]> byTime(List<Object[]> rows) {
        rows.sort((one, other) -> Long.compare((long) one[1], (long) other[1]));
        return rows;
    }

    private static SplittableRandom random(String what, Instrument instrument, long day) {
        return new SplittableRandom(SEED + day * 1_000_003 + what.hashCode() * 31L + (instrument == null ? 0 : instrument.sym().hashCode()));
    }

    /** Times in a session, more of them near its ends. */
    private static long[] times(SplittableRandom random, int count) {
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            double uniform = random.nextDouble();
            times[i] = OPEN_MS + (long) (SESSION_MS * (0.5 - 0.5 * Math.cos(Math.PI * uniform)));
        }
        Arrays.sort(times);
        return times;
    }

    private static double path(Instrument instrument, long day, long time) {
        double through = (time - OPEN_MS) / (double) SESSION_MS;
        double from = instrument.level(day);
        double to = instrument.level(day + 1);
        return from + (to - from) * through + from * 0.004 * Math.sin(through * 11 + day % 13);
    }

    private static List<Object[]> trades(Instrument instrument, long day) {
        SplittableRandom random = random("trade", instrument, day);
        List<Object[]> rows = new ArrayList<>();
        for (long time : times(random, TRADES + random.nextInt(-10, 11))) {
            double price = instrument.rounded(path(instrument, day, time) * (1 + 0.0006 * random.nextDouble(-1, 1)));
            long size = Math.max(1, Math.round(Math.exp(random.nextDouble(3.2, 9.6)) / 100)) * 100;
            boolean home = random.nextDouble() < 0.8 || instrument.lot() == 1;
            String exchange = home ? instrument.exchange() : instrument.exchange().equals("Q") ? "N" : "Q";
            String condition = random.nextDouble() < 0.9 ? "" : random.nextBoolean() ? "O" : "B";
            rows.add(new Object[] {day, time, instrument.sym(), price, size, random.nextDouble() < 0.52 ? "buy" : "sell", exchange,
                condition});
        }
        return rows;
    }

    private static List<Object[]> quotes(Instrument instrument, long day) {
        SplittableRandom random = random("quote", instrument, day);
        List<Object[]> rows = new ArrayList<>();
        rows.add(quote(instrument, day, OPEN_MS - 60_000, random));
        for (long time : times(random, QUOTES)) {
            rows.add(quote(instrument, day, time, random));
        }
        return rows;
    }

    private static Object[] quote(Instrument instrument, long day, long time, SplittableRandom random) {
        double middle = path(instrument, day, time);
        double half = Math.max(instrument.tick(), middle * random.nextDouble(0.00005, 0.0005));
        return new Object[] {day, time, instrument.sym(), instrument.rounded(middle - half), instrument.rounded(middle + half),
            100L * random.nextInt(1, 40), 100L * random.nextInt(1, 40), instrument.exchange()};
    }

    private static Object[] bar(Instrument instrument, long day, List<Object[]> trades) {
        double high = Double.NEGATIVE_INFINITY;
        double low = Double.POSITIVE_INFINITY;
        double turnover = 0;
        long volume = 0;
        for (Object[] trade : trades) {
            double price = (double) trade[3];
            high = Math.max(high, price);
            low = Math.min(low, price);
            turnover += price * (long) trade[4];
            volume += (long) trade[4];
        }
        return new Object[] {day, instrument.sym(), trades.get(0)[3], high, low, trades.get(trades.size() - 1)[3], volume,
            turnover / volume, turnover};
    }

    private static List<Object[]> orders(long day) {
        SplittableRandom random = random("order", null, day);
        List<Object[]> rows = new ArrayList<>();
        long[] times = times(random, ORDERS);
        for (int i = 0; i < times.length; i++) {
            Instrument instrument = INSTRUMENTS.get(random.nextInt(INSTRUMENTS.size()));
            boolean limit = random.nextDouble() < 0.7;
            long quantity = 100L * random.nextInt(1, 60);
            String status = List.of("filled", "filled", "partial", "new", "cancelled").get(random.nextInt(5));
            long filled = status.equals("filled") ? quantity : status.equals("new") ? 0 : quantity / 100 * random.nextInt(10, 90);
            double price = instrument.rounded(path(instrument, day, times[i]) * (1 + 0.002 * random.nextDouble(-1, 1)));
            rows.add(new Object[] {day, times[i], "O" + (day * 100 + i), instrument.sym(), random.nextBoolean() ? "buy" : "sell",
                limit ? "limit" : "market", quantity, filled, limit ? price : Double.NaN, status,
                List.of("alice", "bob", "carol").get(random.nextInt(3))});
        }
        return rows;
    }

    private static Table instruments() {
        Columns columns = new Columns("sym:s name:C sector:s assetclass:s currency:s exch:s lot:j tick:f shares:j");
        INSTRUMENTS.forEach(one -> columns.add(new Object[] {one.sym(), one.name(), one.sector(), one.assetClass(), one.currency(),
            one.exchange(), one.lot(), one.tick(), one.shares()}));
        return columns.table();
    }

    private static Table exchanges() {
        Columns columns = new Columns("exch:s name:C country:s opentime:t closetime:t");
        columns.add(new Object[] {"N", "NYSE", "US", (long) OPEN_MS, (long) OPEN_MS + SESSION_MS});
        columns.add(new Object[] {"Q", "NASDAQ", "US", (long) OPEN_MS, (long) OPEN_MS + SESSION_MS});
        columns.add(new Object[] {"L", "London", "UK", 8 * 3_600_000L, 16 * 3_600_000L + 30 * 60_000L});
        columns.add(new Object[] {"X", "Xetra", "DE", 9 * 3_600_000L, 17 * 3_600_000L + 30 * 60_000L});
        return columns.table();
    }

    /** Columns that rows are added to. */
    private static final class Columns {

        private final Map<String, Character> types = new LinkedHashMap<>();
        private final List<Object[]> rows = new ArrayList<>();

        /** @param layout names and letters of types */
        Columns(String layout) {
            for (String column : layout.split(" ")) {
                types.put(column.substring(0, column.indexOf(':')), column.charAt(column.length() - 1));
            }
        }

        void add(Object[] row) {
            rows.add(row);
        }

        Table table() {
            Map<String, Vector> columns = new LinkedHashMap<>();
            int place = 0;
            for (Map.Entry<String, Character> type : types.entrySet()) {
                columns.put(type.getKey(), column(type.getValue(), place++));
            }
            return new Table(columns, rows.size());
        }

        private Vector column(char type, int place) {
            return switch (type) {
                case 's' -> new Names(QType.SYMBOL, rows.stream().map(row -> (String) row[place]).toArray(String[]::new));
                case 'C' -> new Items(rows.stream().map(row -> new Text((String) row[place])).toArray(QValue[]::new));
                case 'f' -> new Doubles(QType.FLOAT, rows.stream().mapToDouble(row -> (double) row[place]).toArray());
                default -> new Longs(QType.of(type), rows.stream().mapToLong(row -> (long) row[place]).toArray());
            };
        }
    }
}
